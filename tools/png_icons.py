"""Draw the icons that phones want as PNG from the icon of the pages, by the system's browser."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.browser import FLAGS, find_browser

HERE = Path(__file__).parent.parent / "src/tugiplaan/web/static/web"
SIZES = (192, 512)


def main() -> None:
    """Write one file a size, without transparency, so that a phone may cut it round."""
    drawing = (HERE / "icon.svg").read_text("utf-8")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            style = (
                "html,body{margin:0;background:#005aa3}svg{display:block;width:100vw;height:100vh}"
            )
            page.set_content(f"<style>{style}</style>{drawing}")
            page.screenshot(path=str(HERE / f"icon-{size}.png"))
        browser.close()


if __name__ == "__main__":
    main()
