"""The words that people, reasons, venues and telephone numbers are made of. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """First and last names that go together; ``share`` of 100 people have such a name."""

    share: int
    female: str
    male: str
    last: str


ORIGINS = (
    Origin(
        84,
        """Anna Eva Maria Karin Sara Lena Kerstin Malin Emma Linnéa Hanna Ida Elin Jenny Åsa Ingrid
        Sofia Johanna Cecilia Ulrika Helena Camilla Annika Therese Maja Ebba Saga Katarina Birgitta
        Gunilla Monica Susanne Petra Marie Josefin Frida Amanda Matilda Alva Astrid Signe Elsa Vera
        Selma Tuva Anneli Charlotte Pernilla Viktoria Rebecka Lovisa Klara Agnes Moa Ellen Lisa
        Kristina Marianne Margareta Elisabet Louise Erika Sandra Jessica Carina Agneta Marika
        Ann-Marie Anna-Karin Britt-Marie Eva-Lena Gun Siv Barbro Tove Hedvig Nora Stina Tilda
        Gerd Inger Yvonne Ann-Sofie Lisbeth Emelie Caroline Mikaela Rosita Ros-Marie Sigrid""",
        """Lars Anders Per Mikael Johan Karl Erik Jan Peter Thomas Daniel Fredrik Andreas Stefan
        Magnus Mats Björn Jonas Henrik Martin Niklas Patrik Jörgen Håkan Åke Bengt Leif Emil
        Oskar Viktor Simon Hugo Elias Albin Axel Nils Samuel Isak Anton Jakob Sven Gustav Ola Pär
        Christer Kjell Roger Ulf Urban Torbjörn Mattias Robert Marcus Joakim Tobias Rikard David
        Filip Lukas William Arvid Ludvig Adam Lars-Erik Karl-Johan Per-Olof Sven-Åke Bo Rolf Stig
        Claes Jens Kenneth Conny Tommy Ronny Linus Pontus Rasmus Sebastian Jesper Kristian Melker""",
        """Andersson Andersson Johansson Johansson Karlsson Karlsson Nilsson Nilsson Eriksson Eriksson
        Larsson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson
        Bengtsson Lindberg Lindström Lindqvist Lindgren Berglund Bergström Sandberg Forsberg Sjöberg
        Wallin Engström Eklund Lundin Lundqvist Holm Holmberg Nyström Nyberg Söderberg Åberg Åkesson
        Åström Öberg Öhman Östlund Björk Björklund Blomqvist Hedlund Hellström Dahlberg Ekström
        Fransson Gunnarsson Isaksson Mattsson Norberg Nordin Sundberg Viklund Ahlgren Ceder Duvander
        Hultgren Kjellgren Rosén Strand Wikström Danielsson Samuelsson Håkansson Mårtensson Jakobsson
        Axelsson Arvidsson Henriksson Lund Lindholm Bergman Berg Falk Hermansson Löfgren Martinsson
        Månsson Nordström Sjögren Åkerlund Ström Blom Norén Hägg Ekman Dahl Sundström Hallberg Lilja
        Alm Backman Boström Brolin Carlberg Edlund Ek Fors Frisk Gillberg Granqvist Grahn Hagman
        Hjelm Hedberg Ingelsson Jernberg Kling Kvist Lagergren Landin Liljegren Malm Melin Modin Moberg
        Noring Nordlund Olander Palm Palmgren Qvist Rask Rehn Rydberg Sahlin Selander Skoglund Stark
        Stenberg Sundin Svedberg Söderström Thorell Tjäder Törnqvist Uggla Vinter Wahlgren Wester
        Westberg Widell Zetterlund Ågren Ängqvist Örn Österberg""",
    ),
    Origin(
        4,
        "Päivi Tuula Anneli Ritva Tiina Sirpa Minna Satu Kaisa Leena Aino Riikka Marja Helmi",
        "Juha Timo Pekka Jari Kari Antti Mikko Esa Hannu Heikki Markku Tapio Olavi Jukka",
        "Virtanen Korhonen Mäkinen Nieminen Lehtonen Heikkinen Salonen Koskela Hietala Rantanen",
    ),
    Origin(
        7,
        """Amina Fatima Zahra Leila Samira Hodan Yasmin Mina Parisa Nasrin Rojin Ayan Hamdi Selam
        Aylin Dilan Maryam Noor Huda Sahar Shirin Ikram Rania Zeynep Shukri Saba""",
        """Ali Omar Ahmed Mehmet Hassan Yusuf Abdi Reza Amir Bilal Karim Tesfaye Mustafa Ibrahim
        Hamid Samir Kaveh Dawit Khaled Mahdi Farhad Serkan Nabil Idris Rashid""",
        """Yilmaz Kaya Demir Hussein Mohamed Ahmadi Hosseini Tekle Haddad Aziz Rahimi Abdullahi
        Warsame Karimi Öztürk Khalil Saleh Barzani Aslan Nazari Gebremedhin Younis Farah Osman""",
    ),
    Origin(
        5,
        """Agnieszka Ewa Olena Iryna Jelena Amra Jasmina Danuta Svetlana Mirela Natalia Ivana Senada
        Ljiljana Kateryna Ioana""",
        "Dariusz Piotr Zoran Goran Mirza Dragan Adnan Oleksandr Nikola Tomasz Edin Cristian Marko",
        """Nowak Kowal Petrovic Hadzic Popescu Jovanovic Begic Wisniewski Kovac Shevchenko Ionescu
        Marek Delic Babic Mazur Novak Melnyk""",
    ),
)

KEY_PATTERNS = (
    "Håller ihop arbetet med {} över enheterna.",
    "Leder nätverket för {} och når alla arbetslag.",
    "Är den som kollegorna vänder sig till när det gäller {}.",
    "Ska föra {} vidare när programmet är slut.",
    "Samordnar {} mellan förvaltningarna.",
    "Utbildar och stöttar cheferna i frågor om {}.",
)
KEY_TOPICS = (
    "digitala arbetssätt",
    "delaktighet och samverkan",
    "brukarnas inflytande",
    "kvalitet och avvikelser",
    "språk och kommunikation",
    "schema och bemanning",
    "välfärdsteknik",
    "elevernas närvaro",
    "trygghet och bemötande",
    "ekonomi och uppföljning",
    "arbetsmiljö och rehabilitering",
    "handledning av nya kollegor",
    "hållbara inköp",
    "öppna data och nyckeltal",
)
UNIONS = ("Kommunal", "Vision", "Sveriges Lärare", "Vårdförbundet", "Akademikerförbundet SSR")
# Numbers that the telephone authority keeps for fiction: nobody answers them.
FICTIONAL_MOBILES = tuple(f"070-174 06 {last:02d}" for last in range(5, 100))
