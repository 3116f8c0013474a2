"""A mail server that keeps what it gets: it speaks SMTP on a port of its own."""

import socketserver
import threading
from email import message_from_bytes, policy


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 here")
        for line in self.rfile:
            word = line.strip().upper()
            if word.startswith(b"RCPT TO:") and self.server.refuses(word):
                self._say("550 nobody here of that name")
            elif word == b"DATA":
                self._say("354 go on")
                self.server.keep(self._letter())
                self._say("250 kept")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _letter(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, what):
        self.wfile.write(f"{what}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps letters in ``letters``; refuses the addresses in ``unknown``."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters, self.unknown = [], set()
        threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    @property
    def port(self):
        return self.server_address[1]

    def refuses(self, word):
        return any(address.upper().encode() in word for address in self.unknown)

    def keep(self, content):
        self.letters.append(message_from_bytes(content, policy=policy.default))

    def texts(self):
        return [letter.get_content() for letter in self.letters]

    def stop(self):
        self.shutdown()
        self.server_close()
