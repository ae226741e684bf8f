"""What belongs in the chart is pointed out, one word at a time, to who writes it into a private note."""

import pytest

from homeground.treatment.rules.private_note import BelongsInChart, belongs_in_chart


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("BP/UDS positive", (BelongsInChart.TEST_RESULT, BelongsInChart.VITAL_SIGN)),
        ("her BP was high", (BelongsInChart.VITAL_SIGN,)),
        ("UDS came back", (BelongsInChart.TEST_RESULT,)),
        ("he stopped at 7 pm", (BelongsInChart.TIMES,)),
        ("she was diagnosed", (BelongsInChart.DIAGNOSIS,)),
        ("methadone again", (BelongsInChart.MEDICATION,)),
        ("we spoke of her father", ()),
    ],
)
def test_each_word_that_belongs_in_the_chart_is_pointed_out_f20(text, signs):
    assert belongs_in_chart(text) == signs
