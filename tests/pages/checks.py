"""What every page must be: each check gives the sentences of what is wrong, none when all is well."""

from pathlib import Path

import axe_playwright_python

from pages.reading import DRAWN, MARKS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Where each element lies must be known for these: they take as long as all others together.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
LOOK_RULES = (*COLOUR_RULES, "target-size")
WITHOUT_STYLES = {
    "resultTypes": ["violations"],
    "preload": False,
}  # the policy forbids to write any
ALL = {
    **WITHOUT_STYLES,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
RULES = {**ALL, "rules": {rule: {"enabled": False} for rule in LOOK_RULES}}
LOOKS = {**WITHOUT_STYLES, "runOnly": {"type": "rule", "values": [*LOOK_RULES]}}
COLOURS = {**WITHOUT_STYLES, "runOnly": {"type": "rule", "values": [*COLOUR_RULES]}}
TOUCH = 44

# Buttons, fields and what opens things; a link in running text is exempt, and so is what is hidden.
SMALL_TARGETS = """(least) => {
  const found = [];
  const wanted = "button, summary, select, textarea, a.btn, a.chip, input:not([type=hidden])";
  for (const one of document.querySelectorAll(wanted)) {
    const target = ["checkbox", "radio", "file"].includes(one.type)
      ? one.closest("label") || one : one;
    const box = target.getBoundingClientRect();
    if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (!box.width || !box.height) continue;
    if (box.right <= 0 || box.bottom + window.scrollY <= 0) continue;
    if (box.height < least - 0.5 || box.width < least - 0.5)
      found.push(`${one.outerHTML.slice(0, 110)} is ${box.width.toFixed()}×${box.height.toFixed()}`);
  }
  return found;
}"""
WIDER_THAN_SCREEN = """(width) => {
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (one) => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !scrolls(one))
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 90)).concat("the page").slice(0, 3);
}"""
FILLED_BUTTONS = """() => [...document.querySelectorAll("main .btn-primary")]
  .filter((one) => one.checkVisibility({visibilityProperty: true})).length"""
# Colours fade from one theme to the other; what axe measures is where they arrive.
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.getAnimations().forEach((one) => one.finish());
  done();
})))"""
# Axe is slow with a thousand rows: those that hold nothing new after the first two leave the page.
ALIKE_ONCE = """(kept) => {
  const repeated = new Set(["LI", "TR", "ARTICLE", "OPTION", "DIV", "g", "path", "rect", "circle"]);
  const told = /^(class|role|type|hidden|open|scope|lang|aria-(current|pressed|checked))$/;
  const seen = new Map();
  const kind = (one) => {
    const marks = [...one.attributes].map((attribute) => told.test(attribute.name)
      ? `${attribute.name}=${attribute.value}` : attribute.name).sort();
    const says = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return `${one.tagName} ${marks} ${says}`;
  };
  const isKnown = (one, way) =>
    (seen.get(way) || 0) >= kept
    && [...one.children].every((child) => isKnown(child, `${way} > ${kind(child)}`));
  const named = "a, button, label, summary, legend, caption";  // what it says is its name
  const visit = (one, way) => {
    const may = repeated.has(one.tagName) && !one.parentElement.closest(named);
    if (may && isKnown(one, way)) return one.remove();
    seen.set(way, (seen.get(way) || 0) + 1);
    for (const child of [...one.children]) visit(child, `${way} > ${kind(child)}`);
  };
  visit(document.body, "");
}"""


# The kind of an element as reading.py tells it; whatever a script has made is of no known kind.
OF_UNKNOWN_KIND = """([marks, drawn, known]) => {
  const kinds = new Set(known), found = [];
  const kind = (one) => {
    if (drawn.includes(one.localName)) return one.localName;
    const told = marks.filter((name) => one.hasAttribute(name))
      .map((name) => `${name}=${one.getAttribute(name)}`).join(" ");
    const labelled = [...one.attributes].some(({name}) => name.startsWith("aria-label"));
    return `${one.localName} ${told} ${labelled ? "True" : "False"}`;
  };
  const visit = (one, above) => {
    const own = kind(one);
    const isKnown = drawn.includes(one.localName)
      || kinds.has(`${above} > ${own}`.split(/\\s+/).filter(Boolean).join(" "));
    if (!isKnown) return found.push(one);
    for (const child of one.children) visit(child, own);
  };
  visit(document.body, kind(document.documentElement));
  for (const one of [...document.body.children])
    if (one.localName !== "main" && !found.some((part) => one.contains(part))) one.remove();
  window.ofUnknownKind = found;
  return found.length;
}"""


def accessibility(page, *, of="html", known=()):
    """What axe finds in the elements of unknown kinds, or, with ``of``, in all that it names too.

    ``known`` are kinds of elements (``reading.kinds``) that were judged on another page; how they
    look is judged once, in both themes. The page is worn out afterwards: of what is made alike, one
    is left.
    """
    page.evaluate(ALIKE_ONCE, 2 if of else 1)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = _axe(page, "light", RULES, of) if of else []
    page.evaluate(ALIKE_ONCE, 1)
    if page.evaluate(OF_UNKNOWN_KIND, [[*MARKS], [*DRAWN], sorted(known)]):
        found += _axe(page, "light", LOOKS if of else ALL) + _axe(page, "dark", COLOURS)
    return found


def _axe(page, scheme, rules, of=""):
    """The violations in what a selector names, or in the elements of unknown kinds."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(SETTLED)
    run = "([of, rules]) => axe.run(of || {include: window.ofUnknownKind}, rules)"
    found = page.evaluate(run, [of, rules])["violations"]
    return [
        f"axe, {scheme}: {one['id']}: {one['help']}: "
        + "; ".join(node["html"][:110] + _contrast(node) for node in one["nodes"][:3])
        for one in found
    ]


def _contrast(node):
    ratios = [one["data"]["contrastRatio"] for one in node["any"] if one["id"] == "color-contrast"]
    return f" ({ratios[0]}:1)" if ratios else ""


def frame(read, language):
    """One title, one heading of the first rank, and the language; of a page as it was read."""
    wrong = []
    if read.language != language:
        wrong.append(f"lang is {read.language!r}")
    if not read.title.split("–")[0].strip():
        wrong.append("no title")
    if read.headings != 1:
        wrong.append(f"{read.headings} h1")
    return wrong


def desk(page):
    """No sideways scroll, and one thing to do before all others."""
    filled = page.evaluate(FILLED_BUTTONS)
    return width(page) + ([f"{filled} filled buttons"] if filled > 1 else [])


def width(page):
    """No sideways scroll."""
    screen = page.viewport_size["width"]
    return [f"wider than {screen}: {one}" for one in page.evaluate(WIDER_THAN_SCREEN, screen)]


def phone(page):
    """No sideways scroll, and every target large enough for a thumb."""
    small = page.evaluate(SMALL_TARGETS, TOUCH)
    return width(page) + [f"small target: {one}" for one in small]
