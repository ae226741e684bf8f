"""A line of scores: where its dots and bands lie."""

from datetime import date

from homeground.placement.rules.instruments.drawing import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, drawing

JUNE = date(2026, 6, 1)


def test_the_ends_of_the_scale_are_the_ends_of_the_drawing():
    found = drawing([(JUNE, 0), (date(2026, 6, 8), 27)], low=0, high=27)
    assert [(dot.x, dot.y) for dot in found.dots] == [
        (LEFT, HEIGHT - BOTTOM),
        (WIDTH - RIGHT, TOP),
    ]
    assert found.strips == ()
    assert found.line == f"{float(LEFT)},{float(HEIGHT - BOTTOM)} {float(WIDTH - RIGHT)},{float(TOP)}"


def test_the_bands_fill_the_height_without_a_gap():
    found = drawing([(JUNE, 3)], low=0, high=27, steps=((0, "none"), (5, "mild"), (20, "severe")))
    assert sum(strip.height for strip in found.strips) == HEIGHT - TOP - BOTTOM
    assert [strip.word for strip in found.strips] == ["none", "mild", "severe"]
    assert found.strips[0].y > found.strips[1].y > found.strips[2].y


def test_one_score_alone_can_be_drawn():
    assert len(drawing([(JUNE, 30)], low=10, high=60).dots) == 1
