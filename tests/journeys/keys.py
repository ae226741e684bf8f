"""A person who has a keyboard and nothing else, and who counts what they press."""

import re

from playwright.sync_api import Locator, Page, expect

FAR = 400  # a page on which something is farther than this cannot be worked with


class Keys:
    """Goes about a page by Tab, Enter, Space and typing alone; `pressed` counts keys that are no text."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def key(self, name: str) -> None:
        """Press one key."""
        self.page.keyboard.press(name)
        self.pressed += 1

    def reach(self, target: Locator) -> None:
        """Tab until it has the focus. Fails when it is not there or never gets it."""
        expect(target).to_be_visible()
        for _step in range(FAR):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.key("Tab")
        raise AssertionError(f"{target} does not get the focus by Tab")

    def press(self, role: str, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """Enter on a link or a button; when the page changes, it has changed afterwards."""
        self.enter((within or self.page.get_by_role("main")).get_by_role(role, name=name, exact=exact).first)

    def enter(self, target: Locator) -> None:
        """Enter on something."""
        self.reach(target)
        self.key("Enter")
        self.page.wait_for_load_state()

    def field(self, label: str) -> Locator:
        """A field by its whole label, whether or not it may be left out."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")).first

    def write(self, label: str, text: str) -> None:
        """Replace what stands in a field."""
        self.reach(self.field(label))
        self.key("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, text: str) -> None:
        """Choose in a list by typing its beginning."""
        field = self.field(label)
        self.reach(field)
        self.page.keyboard.type(text)
        chosen = field.evaluate("list => list.selectedOptions[0].textContent")
        assert chosen.strip().startswith(text), f"{chosen} instead of {text}"

    def tick(self, box: Locator) -> None:
        """Space on a checkbox."""
        self.reach(box)
        self.key("Space")
