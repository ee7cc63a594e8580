"""Exports of services, after their published or observed structure; every text and name in them is made up."""

import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from toneguide.errors import InputError
from toneguide.posts.dates import iso_date
from toneguide.posts.read import open_posts, open_source
from toneguide.posts.source import stdin_source
from toneguide.posts.web_text import html_to_text


@pytest.fixture
def save(tmp_path):
    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def fields(path: Path, *names: str) -> list[list[object]]:
    return [[post.fields.get(name) for name in names] for post in open_posts(path)]


def texts(path: Path) -> list[str | None]:
    return [post.text for post in open_posts(path)]


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


# LinkedIn

SHARE = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7001"
SHARES = (
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    f'2024-05-03 12:30:00,{SHARE},"Hyvää työtä, kaikki!\n\nHän sanoi ""kiitos"".",,,MEMBER_NETWORK\n'
    f"2024-05-01 08:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7002,,https://example.org,,PUBLIC\n"
)


def test_linkedin_shares(save):
    posts = open_posts(save("whatever.csv", SHARES))
    assert "LinkedIn" in posts.described
    assert posts.columns[:7] == ["id", "text", "date", "author", "channel", "kind", "url"]
    first, second = posts
    assert first.text == 'Hyvää työtä, kaikki!\n\nHän sanoi "kiitos".'
    assert first.fields["id"] == "7001"
    assert first.fields["date"] == "2024-05-03T12:30:00"
    assert first.fields["visibility"] == "MEMBER_NETWORK"
    assert (second.text, second.fields["kind"], second.fields["id"], second.fields["shared_url"]) == (
        "",
        "reshare",
        "7002",
        "https://example.org",
    )


@pytest.mark.parametrize(
    "header",
    [
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl",
        "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility",
        "Date,ShareLink,ShareCommentary,SharedUrl,Visibility",
        "Date,Share Link,Share Commentary,Shared URL,Media URL,Visibility",
    ],
)
def test_linkedin_header_variants(save, header):
    row = ["2024-05-03 12:30:00", "https://www.linkedin.com/posts/someone_x-activity-7003-ab", "Moi vaan", *[""] * (header.count(",") - 2)]
    assert fields(save("a.csv", f"{header}\n{','.join(row)}\n"), "id", "text", "kind") == [["7003", "Moi vaan", "post"]]


def test_linkedin_quotes_around_every_line_are_taken_off(save):
    cell = '"Eka rivi""\n""\n""Toka ""rivi"""'
    assert texts(save("a.csv", f"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl\n2024-05-03 12:30:00,{SHARE},{cell},,\n")) == [
        'Eka rivi\n\nToka "rivi"'
    ]


def test_linkedin_comments_with_backslashes_and_notes(save):
    link = "https://www.linkedin.com/feed/update/urn:li:activity:7004?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A7004%2C7005%29"
    content = (
        f'Notes:\n"Comments, as you made them"\n\nDate,Link,Message\n2024-05-03 12:30:00,{link},"Hän sanoi \\"hienoa, taas\\" eikä muuta"\n'
    )
    content += f"2024-05-04 12:30:00,{link},Onnea\n"
    path = save("b.csv", content)
    assert fields(path, "id", "text", "kind", "channel") == [
        ["7005", 'Hän sanoi "hienoa, taas" eikä muuta', "reply", "linkedin"],
        ["7005", "Onnea", "reply", "linkedin"],
    ]


def test_linkedin_half_row_is_reported(save):
    found = list(open_posts(save("Shares.csv", SHARES + "2024-05-01 08:00:00,https://www.linkedin.com/feed/upd")))
    assert [bool(post.problem) for post in found] == [False, False, True]


def test_own_column_asked_for_reads_the_export_as_a_plain_table(save):
    posts = open_posts(save("Shares.csv", SHARES), text="ShareCommentary")
    assert posts.columns == ["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"]


MESSAGES = {
    "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE,SUBJECT,CONTENT\nx,y,A,B,2024,,salaisuus eikä muuta\n",
    "message_1.json": '{"participants": [{"name": "A"}], "messages": [{"content": "salaisuus eikä muuta"}, {"content": "niin"}]}',
}


@pytest.mark.parametrize("name", MESSAGES)
def test_private_messages_are_never_read_from_among_other_files(save, tmp_path, name):
    save(f"in/{name}", MESSAGES[name])
    with pytest.raises(InputError, match="no file in it"):
        open_posts(tmp_path / "in")
    save("in/a.csv", "id,text\n1,yksi\n")
    assert texts(tmp_path / "in") == ["yksi"]


@pytest.mark.parametrize("name", MESSAGES)
def test_private_messages_are_read_when_asked_for_by_name(save, name):
    assert texts(save(name, MESSAGES[name]))[0] == "salaisuus eikä muuta"


# X

TWEETS = [
    {
        "tweet": {
            "id_str": "1801",
            "full_text": "Hyvää &amp; kaunista",
            "created_at": "Wed Oct 10 20:19:24 +0000 2018",
            "favorite_count": "12",
            "retweet_count": "3",
        }
    },
    {
        "tweet": {
            "id_str": "1802",
            "full_text": "@joku Niinpä",
            "created_at": "Wed Oct 10 20:20:24 +0000 2018",
            "in_reply_to_status_id_str": "1700",
        }
    },
    {"tweet": {"id_str": "1803", "full_text": "RT @joku: Lue tämä", "created_at": "Wed Oct 10 20:21:24 +0000 2018"}},
]


@pytest.mark.parametrize("name", ["tweets", "tweet"])
def test_x_archive(save, name):
    path = save(f"data/{name}.js", f"window.YTD.{name}.part0 = {json.dumps(TWEETS, indent=2)}")
    assert fields(path, "id", "text", "date", "kind", "reactions", "shares", "url")[0] == [
        "1801",
        "Hyvää & kaunista",
        "2018-10-10T20:19:24+00:00",
        "post",
        12,
        3,
        "https://x.com/i/web/status/1801",
    ]
    assert [row[0] for row in fields(path, "kind")] == ["post", "reply", "reshare"]


def test_x_older_archive_without_the_wrapper(save):
    path = save("tweet.js", "window.YTD.tweet.part0 = " + json.dumps([each["tweet"] for each in TWEETS]))
    assert [row[0] for row in fields(path, "id")] == ["1801", "1802", "1803"]


def test_x_folder_reads_posts_only_and_parts_in_order(save, tmp_path):
    for part, name in enumerate(["tweets.js", "tweets-part1.js", "tweets-part2.js", "tweets-part10.js"]):
        save(
            f"data/{name}", f"window.YTD.tweets.part{part} = " + json.dumps([{"tweet": {"id_str": str(part), "full_text": f"osa {part}"}}])
        )
    save("data/direct-messages.js", 'window.YTD.direct_messages.part0 = [{"dmConversation": {"text": "salaisuus"}}]')
    save("data/deleted-tweets.js", 'window.YTD.deleted_tweets.part0 = [{"tweet": {"full_text": "poistettu"}}]')
    save("data/like.js", 'window.YTD.like.part0 = [{"like": {"fullText": "toisen sanat"}}]')
    save("Your archive.html", "<html><body>Archive</body></html>")
    posts = open_posts(tmp_path)
    assert [post.text for post in posts] == ["osa 0", "osa 1", "osa 2", "osa 3"] or [post.text for post in posts] == [
        "osa 1",
        "osa 2",
        "osa 3",
        "osa 0",
    ]
    assert "4 other files left out" in posts.described


def test_x_cut_off_archive_keeps_what_is_whole(save):
    whole = "window.YTD.tweets.part0 = " + json.dumps(TWEETS)
    found = list(open_posts(save("tweets.js", whole[:-30])))
    assert [post.fields.get("id") for post in found] == ["1801", "1802", None]
    assert found[-1].problem


def test_a_script_alone_is_no_post(save, tmp_path):
    save("a.js", "function hello() { return 1 }")
    with pytest.raises(InputError, match="no file in it"):
        open_posts(tmp_path)


# Facebook, Instagram, Threads


def latin(text: str) -> str:
    """Text the way Meta's exports write it."""
    return text.encode().decode("latin-1")


FACEBOOK = [
    {
        "timestamp": 1714739400,
        "data": [{"post": latin("Hyvää päivää 😀")}, {"update_timestamp": 1714739500}],
        "title": "Someone updated their status.",
    },
    {
        "timestamp": 1714739401,
        "attachments": [{"data": [{"external_context": {"url": "https://example.org/a"}}]}],
        "title": "Someone shared a link.",
    },
    {
        "timestamp": 1714739402,
        "attachments": [{"data": [{"media": {"uri": "photos/1.jpg", "description": "x"}}]}],
        "data": [{"post": "Pelkkä"}],
    },
]


@pytest.mark.parametrize(
    "name", ["posts/your_posts_1.json", "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json", "x.json"]
)
def test_facebook_posts(save, name):
    path = save(name, json.dumps(FACEBOOK))
    assert fields(path, "text", "date", "channel", "kind", "url") == [
        ["Hyvää päivää 😀", "2024-05-03T12:30:00+00:00", "facebook", "post", ""],
        ["", "2024-05-03T12:30:01+00:00", "facebook", "reshare", "https://example.org/a"],
        ["Pelkkä", "2024-05-03T12:30:02+00:00", "facebook", "post", ""],
    ]


def test_facebook_comments(save):
    comment = {
        "timestamp": 1714739400,
        "data": [{"comment": {"timestamp": 1714739400, "comment": latin("Onneksi olkoon, ystävä!"), "author": "A B"}}],
    }
    path = save("comments.json", json.dumps({"comments_v2": [comment]}))
    assert fields(path, "text", "kind", "author") == [["Onneksi olkoon, ystävä!", "reply", "A B"]]


@pytest.mark.parametrize(
    "document",
    [
        [{"media": [{"uri": "m/1.jpg", "creation_timestamp": 1714739400, "title": latin("Kesäpäivä")}]}],
        [
            {
                "media": [{"uri": "m/1.jpg", "creation_timestamp": 1, "title": ""}, {"uri": "m/2.jpg"}],
                "title": latin("Kesäpäivä"),
                "creation_timestamp": 1714739400,
            }
        ],
        {"ig_stories": [{"uri": "m/1.jpg", "creation_timestamp": 1714739400, "title": latin("Kesäpäivä")}]},
        {"ig_reels_media": [{"media": [{"uri": "m/1.mp4", "creation_timestamp": 1714739400, "title": latin("Kesäpäivä")}]}]},
    ],
)
def test_instagram_captions(save, document):
    path = save("posts_1.json", json.dumps(document))
    assert fields(path, "text", "date", "channel", "kind") == [["Kesäpäivä", "2024-05-03T12:30:00+00:00", "instagram", "post"]]


@pytest.mark.parametrize("label", ["Comment", "Kommentti"])
def test_instagram_comments(save, label):
    item = {"media_list_data": [], "string_map_data": {label: {"value": latin("Hieno päivä")}, "Time": {"timestamp": 1714739400}}}
    assert fields(save("post_comments_1.json", json.dumps([item])), "text", "kind", "date") == [
        ["Hieno päivä", "reply", "2024-05-03T12:30:00+00:00"]
    ]


def test_threads_posts(save):
    media = {"uri": "", "creation_timestamp": 1714739400, "title": "Lanka", "text_app_post": {"is_reply": True}}
    path = save("threads_and_replies.json", json.dumps({"text_post_app_text_posts": [{"media": [media]}]}))
    assert fields(path, "text", "kind", "channel") == [["Lanka", "reply", "threads"]]


def test_instagram_folder_leaves_messages_alone(save, tmp_path):
    save("your_instagram_activity/content/posts_1.json", json.dumps([{"media": [{"uri": "a", "creation_timestamp": 1, "title": "Kuva"}]}]))
    save(
        "your_instagram_activity/messages/inbox/a/message_1.json", json.dumps({"participants": [], "messages": [{"content": "salaisuus"}]})
    )
    assert texts(tmp_path) == ["Kuva"]


def test_text_that_is_right_already_is_not_mended(save):
    item = {"media": [{"uri": "m", "creation_timestamp": 1, "title": "Hyvää – €"}]}
    assert texts(save("a.json", json.dumps([item], ensure_ascii=False))) == ["Hyvää – €"]


# Mastodon


def activity(number: int, content: str, **more: object) -> dict[str, object]:
    note = {
        "id": f"https://example.social/s/{number}",
        "type": "Note",
        "summary": None,
        "content": content,
        "published": "2024-05-03T12:30:00Z",
    }
    to = more.pop("to", ["https://www.w3.org/ns/activitystreams#Public"])
    return {"id": f"{number}/activity", "type": "Create", "actor": "https://example.social/users/me", "to": to, "object": {**note, **more}}


def test_mastodon_outbox(save):
    items = [
        activity(1, "<p>Hyvää <b>huomenta</b></p><p>Taas&nbsp;mennään</p>", summary="Aamu"),
        activity(2, "<p>Niin on</p>", inReplyTo="https://example.social/s/0"),
        activity(3, "<p>Vain sinulle</p>", to=["https://example.social/users/you"]),
        {
            "id": "4",
            "type": "Announce",
            "actor": "https://example.social/users/me",
            "published": "2024-05-03T12:30:00Z",
            "object": "https://b.example/9",
        },
    ]
    document = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "orderedItems": items,
    }
    path = save("outbox.json", json.dumps(document))
    assert fields(path, "text", "kind", "title", "author") == [
        ["Hyvää huomenta\n\nTaas\xa0mennään", "post", "Aamu", "me"],
        ["Niin on", "reply", "", "me"],
        ["", "reshare", "", "me"],
    ]
    assert "1 direct message left out" in open_posts(path).described


def test_mastodon_folder_leaves_likes_and_bookmarks(save, tmp_path):
    save("outbox.json", json.dumps({"type": "OrderedCollection", "orderedItems": [activity(1, "<p>Moi</p>")]}))
    save("likes.json", json.dumps({"type": "OrderedCollection", "orderedItems": ["https://example.social/1"]}))
    save("actor.json", json.dumps({"type": "Person", "summary": "Kuka olen"}))
    assert texts(tmp_path) == ["Moi"]


# WordPress

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blogi</title><wp:wxr_version>1.2</wp:wxr_version>
{items}
</channel></rss>"""
WXR_ITEM = """<item><title>{title}</title><link>https://example.org/{number}</link><dc:creator><![CDATA[kirjoittaja]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[Ote]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>2024-05-03 15:30:00</wp:post_date><wp:post_date_gmt>2024-05-03 12:30:00</wp:post_date_gmt><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type><category domain="post_tag"><![CDATA[x]]></category>
<wp:comment><wp:comment_content><![CDATA[Lukijan sanat]]></wp:comment_content></wp:comment></item>"""
BLOCKS = "<!-- wp:paragraph -->\n<p>Eka &amp; kappale.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list --><ul><li>yksi</li><li>kaksi</li></ul><!-- /wp:list -->"


def wxr_item(number: int, content: str = BLOCKS, *, kind: str = "post", status: str = "publish", title: str = "Otsikko &amp; muuta") -> str:
    return WXR_ITEM.format(number=number, content=content, kind=kind, status=status, title=title)


def test_wordpress_export_gives_posts_only(save):
    items = wxr_item(1) + "".join(wxr_item(9, kind=kind) for kind in ("page", "attachment", "nav_menu_item", "revision"))
    items += (
        wxr_item(9, status="draft")
        + wxr_item(9, status="trash")
        + wxr_item(2, "Vanha kappale\n\n[caption id='a']<img src='b' />Kuva[/caption]")
    )
    path = save("export.xml", WXR.format(items=items))
    assert "WordPress" in open_posts(path).described
    assert fields(path, "id", "text", "title", "author", "date", "comments", "channel") == [
        ["1", "Eka & kappale.\n\nyksi\nkaksi", "Otsikko & muuta", "kirjoittaja", "2024-05-03T12:30:00+00:00", 1, "blog"],
        ["2", "Vanha kappale\n\nKuva", "Otsikko & muuta", "kirjoittaja", "2024-05-03T12:30:00+00:00", 1, "blog"],
    ]


def test_wordpress_control_letters_and_html_entities_do_not_stop_it(save):
    path = save("a.xml", WXR.format(items=wxr_item(1, "Hyvää\x0b yötä&nbsp;!", title="A&nbsp;& B &hellip;") + wxr_item(2)))
    assert [row[0] for row in fields(path, "title")] == ["A\xa0& B …", "Otsikko & muuta"]


def test_wordpress_cut_off_keeps_what_is_whole(save):
    whole = WXR.format(items=wxr_item(1) + wxr_item(2))
    found = list(open_posts(save("a.xml", whole[:-200])))
    assert [bool(post.problem) for post in found] == [False, True]
    assert "line" in found[-1].problem


def test_wordpress_large_export_is_streamed(save):
    path = save("a.xml", WXR.format(items="".join(wxr_item(n) for n in range(3_000))))
    assert sum(1 for _ in open_posts(path)) == 3_000


# Feeds


def test_rss_feed(save):
    item = (
        "<item><title>Otsikko</title><link>https://example.org/1</link><description>&lt;p&gt;Hyvää &amp;amp; uutta&lt;/p&gt;</description>"
    )
    item += "<pubDate>Fri, 03 May 2024 12:30:00 GMT</pubDate><guid>g1</guid><author>a@example.org</author></item>"
    path = save(
        "feed",
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{item}<item><title>Vain otsikko</title></item></channel></rss>',
    )
    assert fields(path, "id", "text", "date", "author", "url", "title") == [
        ["g1", "Hyvää & uutta", "2024-05-03T12:30:00+00:00", "a@example.org", "https://example.org/1", "Otsikko"],
        ["", "Vain otsikko", "", "", "", "Vain otsikko"],
    ]


@pytest.mark.parametrize(
    "content",
    [
        '<content type="html">&lt;p&gt;Moi &lt;b&gt;kaikki&lt;/b&gt;&lt;/p&gt;</content>',
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Moi <b>kaikki</b></p></div></content>',
        '<content type="text">Moi kaikki</content>',
        "<summary>Moi kaikki</summary>",
    ],
)
def test_atom_feed(save, content):
    entry = f'<entry><title>T</title><id>urn:1</id><link rel="self" href="https://s"/><link href="https://a"/><published>2024-05-03T12:30:00Z</published>{content}'
    path = save(
        "a.atom", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entry}<author><name>Nimi</name></author></entry></feed>'
    )
    assert fields(path, "id", "text", "date", "author", "url") == [
        ["urn:1", "Moi kaikki", "2024-05-03T12:30:00+00:00", "Nimi", "https://a"]
    ]


def test_older_rss_with_items_beside_the_channel(save):
    item = "<item><title>T</title><description>Moi</description><dc:date>2024-05-03</dc:date></item>"
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    path = save("a.rdf", f"<rdf:RDF {spaces}><channel><title>x</title></channel>{item}</rdf:RDF>")
    assert fields(path, "text", "date") == [["Moi", "2024-05-03T00:00:00"]]


def test_json_feed(save):
    items = [
        {"id": 1, "content_html": "<p>Hyvää</p>", "date_published": "2024-05-03T12:30:00Z"},
        {"id": "2", "content_text": "a < b", "authors": [{"name": "Toinen"}]},
    ]
    path = save(
        "feed.json",
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "authors": [{"name": "Nimi"}], "items": items}),
    )
    assert fields(path, "id", "text", "author") == [[1, "Hyvää", "Nimi"], ["2", "a < b", "Toinen"]]


@pytest.mark.parametrize("declared", ["ISO-8859-1", "windows-1252", "UTF-8"])
def test_feed_whose_bytes_are_not_what_it_says(save, declared):
    content = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><item><description>Hyvää</description></item></channel></rss>'
    assert texts(save("a.xml", content, "cp1252")) == ["Hyvää"]


def test_feed_in_utf_16(save):
    content = '<?xml version="1.0" encoding="utf-16"?><rss><channel><item><description>Hyvää</description></item></channel></rss>'
    assert texts(save("a.xml", content, "utf-16")) == ["Hyvää"]


BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    "start",
    [
        BOMB + "]>",
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://x.example/">%p;]>',
    ],
)
def test_entities_that_could_hurt_are_refused(save, start):
    path = save("a.xml", f"{start}<rss><channel><item><description>&j;&x;</description></item></channel></rss>")
    with pytest.raises(InputError, match=r"a\.xml: the XML declares entities"):
        open_posts(path)


def test_xml_of_another_kind_is_named_as_such(save):
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        open_posts(save("a.xml", '<?xml version="1.0"?><orders><order/></orders>'))


# Documents


def docx(path: Path, body: str, about: str = "") -> Path:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    members = {"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"}
    if about:
        members["docProps/core.xml"] = about
    return zipped(path, members)


def test_word_file_is_one_post(tmp_path):
    body = "<w:p><w:r><w:t>Hyvää </w:t></w:r><w:r><w:t>päivää</w:t></w:r></w:p><w:p><w:r><w:t>Toka</w:t><w:br/><w:t>rivi</w:t></w:r></w:p>"
    about = '<c xmlns:dc="d"><dc:title>Otsikko</dc:title><dc:creator>Nimi</dc:creator><dc:created>2024-05-03T12:30:00Z</dc:created></c>'
    path = docx(tmp_path / "a.docx", body, about)
    assert fields(path, "text", "title", "author", "date") == [["Hyvää päivää\nToka\nrivi", "Otsikko", "Nimi", "2024-05-03T12:30:00+00:00"]]


def test_word_changes_are_read_as_accepted(tmp_path):
    body = "<w:p><w:ins><w:r><w:t>uusi</w:t></w:r></w:ins><w:del><w:r><w:delText>vanha</w:delText></w:r></w:del></w:p>"
    assert texts(docx(tmp_path / "a.docx", body)) == ["uusi"]


def test_word_file_in_a_text_column_of_another_name(tmp_path):
    with pytest.raises(InputError, match="no columns but 'text'"):
        open_posts(docx(tmp_path / "a.docx", "<w:p/>"), text="body")


def test_broken_word_file(tmp_path):
    with pytest.raises(InputError, match="Word file is damaged"):
        open_posts(docx(tmp_path / "a.docx", "<w:p>"))


def test_markdown_front_matter_becomes_fields(save):
    path = save("a.md", '---\ntitle: "Otsikko: jatkuu"\ndate: 3.11.2025 klo 14.05\ntags:\n  - x\n---\n\n# Hei\n\nTeksti.\n')
    assert fields(path, "title", "date", "text") == [["Otsikko: jatkuu", "2025-11-03T14:05:00", "# Hei\n\nTeksti."]]


def test_markdown_that_begins_with_a_rule(save):
    assert texts(save("a.md", "---\n\nTeksti.\n")) == ["---\n\nTeksti."]


def test_folder_of_documents(save, tmp_path):
    save("a.md", "# Eka\n")
    save("b.txt", "Toka\n")
    save(
        "c.html",
        "<!doctype html><html><head><title>x</title></head><body><p>Kolmas &amp; viimeinen</p><script>alert()</script></body></html>",
    )
    docx(tmp_path / "d.docx", "<w:p><w:r><w:t>Neljäs</w:t></w:r></w:p>")
    assert texts(tmp_path) == ["# Eka", "Toka", "Kolmas & viimeinen", "Neljäs"]


# Zip files


def test_zip_of_an_export(tmp_path):
    members = {
        "data/tweets.js": "window.YTD.tweets.part0 = " + json.dumps(TWEETS),
        "data/like.js": "window.YTD.like.part0 = []",
        "media/a.jpg": b"\xff\xd8",
    }
    posts = open_posts(zipped(tmp_path / "x.zip", members))
    assert [post.fields["id"] for post in posts] == ["1801", "1802", "1803"]
    assert posts.described.startswith(str(tmp_path / "x.zip"))


def test_zip_of_linkedin_leaves_messages_and_contacts(tmp_path):
    members = {
        "Basic_LinkedInDataExport_03-05-2024/Shares.csv": SHARES,
        "Basic_LinkedInDataExport_03-05-2024/messages.csv": "FROM,CONTENT\nx,salaisuus\n",
    }
    assert [post.fields["id"] for post in open_posts(zipped(tmp_path / "x.zip", members))] == ["7001", "7002"]


def test_zip_of_tables(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": "id,text\n1,yksi\n", "b/c.jsonl": '{"text": "kaksi"}\n', "__MACOSX/._a.csv": b"\0\1"})
    assert texts(path) == ["yksi", "kaksi"]


def test_zip_from_stdin(tmp_path):
    content = zipped(tmp_path / "x.zip", {"a.csv": "id,text\n1,yksi\n"}).read_bytes()
    assert [post.text for post in open_source(stdin_source(io.BytesIO(content)))] == ["yksi"]


def test_zip_names_that_climb_out_are_only_names(tmp_path):
    (tmp_path / "in").mkdir()
    path = zipped(tmp_path / "in" / "x.zip", {"../../evil.csv": "id,text\n1,yksi\n", "/etc/evil.csv": "id,text\n1,kaksi\n"})
    assert sorted(texts(path), key=str) == ["kaksi", "yksi"]
    assert [each.name for each in tmp_path.rglob("*")] == ["in", "x.zip"]


def test_zip_bomb_is_refused_before_it_is_read(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": b"text\n" + b"a" * 30_000_000})
    start = time.perf_counter()
    with pytest.raises(InputError, match="zip bomb"):
        open_posts(path)
    assert time.perf_counter() - start < 0.5


def test_workbook_bomb_is_refused(tmp_path):
    path = zipped(tmp_path / "x.xlsx", {"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": b" " * 30_000_000})
    with pytest.raises(InputError, match="zip bomb"):
        open_posts(path)


def test_zip_inside_a_zip_is_told(tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"a.csv": "text\nx\n"}).read_bytes()
    with pytest.raises(InputError, match="zip inside a zip"):
        open_posts(zipped(tmp_path / "x.zip", {"inner.zip": inner}))


@pytest.mark.parametrize("share", [0.2, 0.9])
def test_cut_off_zip(tmp_path, share):
    whole = zipped(tmp_path / "x.zip", {"a.csv": "id,text\n" + "".join(f"{n},teksti {n * n}\n" for n in range(500))}).read_bytes()
    (tmp_path / "y.zip").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(InputError, match="the zip is cut off or damaged"):
        open_posts(tmp_path / "y.zip")


def test_damaged_member_keeps_the_others(tmp_path):
    path = zipped(
        tmp_path / "x.zip", {"a.csv": "id,text\n" + "".join(f"{n},teksti {n * n}\n" for n in range(5_000)), "b.csv": "id,text\n1,ehjä\n"}
    )
    whole = bytearray(path.read_bytes())
    whole[8_000:8_020] = b"\xff" * 20
    path.write_bytes(whole)
    found = list(open_posts(path))
    assert found[-1].text == "ehjä"
    assert any("cannot be read" in post.problem for post in found)


def test_locked_zip_is_told(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": "text\nx\n"})
    whole = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + offset] |= 1
    path.write_bytes(whole)
    with pytest.raises(InputError, match="locked with a password"):
        open_posts(path)


def test_empty_zip(tmp_path):
    with pytest.raises(InputError, match="no file in it"):
        open_posts(zipped(tmp_path / "x.zip", {}))


def test_folder_with_a_zip_and_a_table(save, tmp_path):
    save("in/a.csv", "id,text\n1,yksi\n")
    zipped(tmp_path / "in" / "b.zip", {"c.csv": "id,text\n2,kaksi\n"})
    assert texts(tmp_path / "in") == ["yksi", "kaksi"]


# Text and dates


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("3.11.2025 klo 14.05", "2025-11-03T14:05:00"),
        ("3.11.2025 14:05:06", "2025-11-03T14:05:06"),
        ("3.11.2025", "2025-11-03T00:00:00"),
        ("3. marraskuuta 2025 klo 9.05", "2025-11-03T09:05:00"),
        ("2025-11-03 12:00:00 UTC", "2025-11-03T12:00:00+00:00"),
        ("Mon, 03 Nov 2025 12:00:00 +0200", "2025-11-03T12:00:00+02:00"),
        ("Nov 3, 2025 2:05:00 PM", "2025-11-03T14:05:00"),
        ("1762171200", "2025-11-03T12:00:00+00:00"),
        (1762171200000, "2025-11-03T12:00:00+00:00"),
        ("31.2.2025", "31.2.2025"),
        ("eilen", "eilen"),
        (None, ""),
        (1e300, "1e+300"),
        ("9" * 5_000, "9" * 5_000),
    ],
)
def test_dates(value, iso):
    assert iso_date(value) == iso


@pytest.mark.parametrize("piece", ["<", "<a ", "<div>", "<b><p>", "<!--", '<a href="x', "&", "<table><td>", "</p>", "<![CDATA["])
def test_hostile_html_is_linear(piece):
    start = time.perf_counter()
    html_to_text(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - start < 2


def test_html_keeps_what_is_seen_and_nothing_else():
    markup = "<style>p {}</style><p>A &lt;b&gt;<br>c</p><table><tr><td>1</td><td>2</td></tr></table><ol><li>x</ol><svg><text>no</text></svg>[sic]"
    assert html_to_text(markup) == "A <b>\nc\n\n1\t2\n\nx\n\n[sic]"
