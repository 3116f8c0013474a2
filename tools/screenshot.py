"""Make ``docs/plan.png`` for the README: the plan page of the running demo.

    .venv/bin/python tools/screenshot.py [http://localhost:8000]

Needs the demo (``make demo``) and a Chromium. Run it again when the page looks otherwise.
"""

import re
import sys
from pathlib import Path

import system
from playwright.sync_api import Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "plan.png"
WINDOW = {"width": 1280, "height": 900}
LARGEST = 300 * 1024


def main() -> int:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.chromium(), args=["--no-sandbox"]
        )
        page = browser.new_context(base_url=address, locale="en-GB", viewport=WINDOW).new_page()
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        open_plan(page)
        page.screenshot(path=TARGET)
        browser.close()
    size = TARGET.stat().st_size
    print(f"{TARGET}: {size // 1024} kB")
    return 0 if size <= LARGEST else 1


def open_plan(page: Page) -> None:
    """Sign in as the programme owner, in English, and go to the largest published plan."""
    page.goto("/demo/")
    page.locator("button[name=user][value=programme-owner]").first.click()
    page.goto("/about-you/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "language": "en"}
    page.request.post("/language/", form=form, headers={"referer": page.url})
    programmes = _links(page, "/programmes/", "/programmes/")
    waves = [wave for one in programmes for wave in _links(page, one, "/waves/")]
    plans = [plan for one in waves for plan in _links(page, one, "/plans/")]
    page.goto(max(plans, key=lambda plan: _groups_on(page, plan)))


def _links(page: Page, address: str, begin: str) -> list[str]:
    """Where the page's links to things of a kind lead: /waves/7/."""
    page.goto(address)
    found = page.locator(f"main a[href^='{begin}']").evaluate_all("all => all.map(a => a.pathname)")
    return sorted({path for path in found if re.fullmatch(rf"{begin}\d+/", path)})


def _groups_on(page: Page, plan: str) -> int:
    page.goto(plan)
    return page.locator("main .card.group").count()


if __name__ == "__main__":
    sys.exit(main())
