"""What people type, in the built site: each must bring its page among the first three results."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from waiting import until

FOUND_AT = {
    "手机黑屏": "trees/quality-defect",
    "手机坏了": "trees/quality-defect",
    "七天无理由退货": "trees/return-refusal",
    "拆封了还能退吗": "trees/return-refusal",
    "激活了能退吗": "trees/return-refusal",
    "12315怎么投诉": "channels",
    "发票丢了": "trees/quality-defect",
    "商家说人为损坏": "trees/quality-defect",
    "过保了怎么办": "trees/out-of-warranty",
    "电池鼓包": "trees/injury",
    "修了两次还坏": "trees/quality-defect",
    "备用机": "trees/quality-defect",
    "手环触控失灵": "trees/out-of-warranty",
    "假货": "trees/misdescribed",
    "翻新机": "trees/misdescribed",
    "退一赔三": "trees/misdescribed",
    "客服不理我": "trees/service-attitude",
    "客服骂人": "trees/service-attitude",
    "录音能当证据吗": "evidence-basics",
    "最终解释权": "trees/unfair-terms",
    "定金能退吗": "trees/unfair-terms",
    "小额诉讼": "channels",
    "申请强制执行": "trees/escalation",
    "支付令": "channels",
    "充电宝起火": "trees/injury",
    "偷换零件": "trees/repair-quality",
    "维修乱收费": "trees/repair-quality",
    "碎屏险": "trees/repair-quality",
    "召回": "trees/out-of-warranty",
    "同批次": "trees/out-of-warranty",
    "退货运费谁出": "trees/return-refusal",
    "商家不发货": "trees/return-refusal",
    "直播间买的": "trees/misdescribed",
    "二手手机": "trees/misdescribed",
    "商家不开发票": "trees/service-attitude",
    "泄露个人信息": "trees/service-attitude",
    "起诉要多少钱": "channels",
    "消协": "channels",
    "七天怎么算": "how-days-count",
    "三包": "three-guarantees",
    "孩子乱买": "trees/return-refusal",
    "霸王条款": "trees/unfair-terms",
    "不给换货": "trees/quality-defect",
    "修了一个月还没好": "trees/repair-quality",
    "投诉没人管": "trees/escalation",
}


@pytest.fixture(scope="module")
def reader(browser: Browser, site: Path):
    """A reader with the search open."""
    import functools
    import http.server
    import threading

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
    page.click(".md-search__input")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


def pages_found(page: Page, query: str) -> list[str]:
    """The pages of the results, best first. Material searches when a key goes up, and says how many it found."""
    page.fill(".md-search__input", "")
    page.press(".md-search__input", "End")
    until(page, "() => !document.querySelector('.md-search-result__item')")
    page.fill(".md-search__input", query)
    page.press(".md-search__input", "End")
    until(
        page,
        "() => document.querySelector('.md-search-result__item')"
        " || document.querySelector('.md-search-result__meta').textContent.includes('没有')",
    )
    return page.eval_on_selector_all(
        ".md-search-result__item > a:first-child",
        "links => links.map((one) => one.pathname.slice(1).replace('.html', ''))",
    )


@pytest.mark.parametrize(("query", "wanted"), FOUND_AT.items())
def test_a_query_brings_its_page_among_the_first_three(reader: Page, query: str, wanted: str) -> None:
    assert wanted in list(dict.fromkeys(pages_found(reader, query)))[:3]


def test_a_word_behind_an_unknown_one_is_still_looked_for(reader: Page) -> None:
    """Material alone stops at the first word that its index does not have, and leaves out the last character."""
    assert pages_found(reader, "魑魅魍魉小额诉讼") == pages_found(reader, "小额诉讼") != []


def test_nothing_known_is_said_so(reader: Page) -> None:
    assert pages_found(reader, "魑魅魍魉") == []
