"""Documents that are hard on a browser: texts that it shows otherwise, and every kind of item."""

from __future__ import annotations

import unicodedata

from vinee.model import Argument, Chain, Document, Entity, Event, Mention, Span, Timex

FAMILY = "👨‍👩‍👧"
NFD = unicodedata.normalize("NFD", "Điện Kremlin")

# Each holds the words Nga and Pháp, and begins with no line break.
TEXTS = {
    "emoji": f"😀 {FAMILY} Nga 🇻🇳 gặp 😀Pháp😀 {FAMILY}",
    "decomposed": f"{NFD} ở\u0323\u0301 Nga, {NFD} và Pháp.",
    "tabs": "\tNga\t\tđến \t Pháp\t",
    "crlf": "Nga\r\n\r\nđến\r\nPháp\r\n",
    "cr": "Nga\r\rđến\rPháp\r",
    "lf_cr": "Nga\n\rđến\n\n\nPháp\n",
    "controls": "\x01Nga\x7f đến\x1b Pháp\ufffe",
    "spaces": "Nga  đến   Pháp.    Hết",
    "margins": "   \n  Nga đến Pháp  \n   ",
    "unbroken": "Nga\u00a0\u00a0đến\u00a0Pháp\u00a0",
    "zero_width": "\ufeffNga\u200b\u200cđến\u2060Pháp\u00ad\u200d.",
    "both_ways": "\u200fNga\u200e \u202eđến\u202c \u2067Pháp\u2069 שלום مرحبا",
    "markup": "<b>Nga</b> &amp; &lt;i&gt; <script>x</script> <br/> \"đến\" 'Pháp' &nbsp; $text",
    "separators": "Nga\u2028đến\u2029Pháp\u0085và\u000bhết\u000c.",
    "spacing_kinds": "Nga\u2003\u2009đến\u3000Pháp\u1680.",
    "beyond": "𝒩ga Nga 𠀀 đến Pháp 🏴\U000e0067\U000e0062\U000e007f",
}


# The same, one after the other, so that a browser has to open one page only.
JOIN = "\n——\n"


def places() -> dict[str, tuple[int, int, int]]:
    """Where each text begins in the whole one, and where its words Nga and Pháp do."""
    found, start = {}, 0
    for name, text in TEXTS.items():
        nga = text.rindex("Nga", 0, text.index("đến") if "đến" in text else None)
        found[name] = (start, start + nga, start + text.index("Pháp"))
        start += len(text) + len(JOIN)
    return found


def unlabelled() -> Document:
    """All strange texts, and nothing said about them."""
    return Document("hostile-texts", JOIN.join(TEXTS.values()))


def labelled() -> Document:
    """All strange texts, with regions and relations that cross their strange places."""
    mentions, events = [], []
    for name, (start, one, other) in places().items():
        end = start + len(TEXTS[name])
        first, second = f"{name}-1", f"{name}-2"
        mentions += [
            Mention(one, one + 3, "GPE", id=first, extent=Span(start, end), entity=name),
            Mention(other, other + 4, "GPE", id=second, extent=Span(one, other + 4)),
        ]
        arguments = (
            Argument("Entity", ref=first),
            Argument("Entity", ref=second),
            Argument("Topic", span=Span(start, other)),
        )
        events.append(Event("Contact.Meet", Span(one, other), id=name, arguments=arguments))
    return Document(
        "hostile-labelled",
        JOIN.join(TEXTS.values()),
        mentions=tuple(mentions),
        entities=tuple(Entity(name, "GPE", TEXTS[name]) for name in TEXTS),
        timexes=(),
        events=tuple(events),
        chains=(),
    )


def crowded() -> Document:
    """Same spans, nested spans, several roles, every attribute, and ids that nobody expects."""
    text = "Tổng thống Nga gặp Tổng thống Pháp hôm 7/8 tại Hà Nội, sẽ gặp lại."
    #       0          11  15  19         30   35      43
    mentions = (
        Mention(0, 10, "TITLE", id="a b", level="NAM"),
        Mention(0, 10, "PER", id="m/1", level="NOM", extent=Span(0, 14), entity="e 1"),
        Mention(0, 10, "ORG", id="m:2", level="PRO", extent=Span(0, 14), entity='e"2'),
        Mention(11, 14, "GPE", id="m@3", gpe_role="ORG", entity="e<3>", score=0.25),
        Mention(19, 34, "PER", id="mặt", extent=Span(19, 34), entity="e 1"),
        Mention(30, 34, "GPE", gpe_role="LOC", entity="e<3>", score=1.0),
        Mention(47, 53, "GPE", id="~1", gpe_role="PER"),
        Mention(47, 53, "LOC", id="'q\"", extent=Span(43, 53)),
    )
    return Document(
        "hostile-crowded",
        text,
        mentions=mentions,
        entities=(
            Entity("e 1", "PER", "Tên\nhai dòng", "id, với dấu phẩy", "Q7747"),
            Entity('e"2', "ORG", 'nói "có" & <b>không</b>', "  hai  dấu cách  ", "NIL"),
            Entity("e<3>", "LOC", "\\n không phải dòng mới\t;", "a\r\nb"),
            Entity("alone", "ORG", "không có mention"),
        ),
        timexes=(
            Timex(35, 42, id="t1", type="DATE", value="2025-08-07", mod="APPROX", score=0.5),
            Timex(35, 42, id="t2"),
        ),
        events=(
            Event(
                "Contact.Meet",
                Span(15, 18),
                id="ev 1",
                arguments=(
                    Argument("Entity", ref="m/1"),
                    Argument("Entity", ref="mặt"),
                    Argument("Place", ref="~1"),
                    Argument("Place", ref="'q\"", implicit=True),
                    Argument("Entity", ref="~1", implicit=True),
                    Argument("Time", ref="t1"),
                    Argument("Topic", span=Span(54, 66)),
                    Argument("Topic", span=Span(54, 66), implicit=True),
                ),
                polarity="POSITIVE",
                realis="ACTUAL",
                chain="c 1",
                score=0.125,
            ),
            Event("Diplomacy.Visit", Span(15, 18), id="ev2", realis="GENERIC"),
            Event(
                "Contact.Meet",
                Span(57, 60),
                polarity="NEGATIVE",
                realis="OTHER",
                modality="PLANNED",
                chain="c 1",
                arguments=(Argument("Entity", ref="m/1", implicit=True),),
            ),
        ),
        chains=(Chain("c 1", "cuộc gặp\n“lớn”", "meet"), Chain("c0", "không có")),
        meta={"source": "thử"},
    )
