"""Cost and bound over time as a picture: `./run timetable design ... | python benchmarks/picture.py`.

Reads the JSON of a design or replan from standard input and writes SVG: one line down (the best plan so far),
one up (what no plan can be below). Seconds are processor seconds: the clock's, times the share the run had.
"""

import json
import sys

WIDE, HIGH, LEFT, FOOT = 720, 320, 84, 44


def picture(report: dict) -> str:
    """The SVG of a report's trace."""
    share = report["cpu_seconds"] / report["seconds"]
    trace = [[share * each[0], *each[1:]] for each in report["trace"] if each[1] is not None and each[2]]
    last = max(report["cpu_seconds"], trace[-1][0], 1.0)
    trace.append([last, report["cost"], report["bound"]])
    low = min(each[2] for each in trace) * 0.98
    high = min(max(each[1] for each in trace), 2.6 * report["cost"]) * 1.02

    def x(seconds: float) -> float:
        return round(LEFT + (WIDE - LEFT - 20) * seconds / last, 1)

    def y(price: float) -> float:
        share = (min(price, high) - low) / (high - low)
        return round(16 + (HIGH - FOOT - 16) * (1 - share), 1)

    def stairs(at: int) -> str:
        points = [f"M{x(trace[0][0])} {y(trace[0][at])}"]
        points += [f"H{x(each[0])}V{y(each[at])}" for each in trace[1:]]
        return "".join(points)

    ticks = [low + (high - low) * step / 4 for step in range(5)]
    marks = [last * step / 4 for step in range(5)]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img"'
        ' font-family="sans-serif" font-size="12">',
        f"<title>Cost {report['cost']} and bound {report['bound']} over {last:.0f} processor seconds</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
        *(
            f'<path d="M{LEFT} {y(each)}H{WIDE - 20}" stroke="#ddd"/>'
            f'<text x="{LEFT - 8}" y="{y(each) + 4}" text-anchor="end">{each:,.0f}</text>'
            for each in ticks
        ),
        *(f'<text x="{x(each)}" y="{HIGH - 22}" text-anchor="middle">{each:.0f} s</text>' for each in marks),
        f'<path d="{stairs(1)}" fill="none" stroke="#a33c00" stroke-width="2"/>',
        f'<path d="{stairs(2)}" fill="none" stroke="#00588a" stroke-width="2" stroke-dasharray="6 3"/>',
        f'<text x="{LEFT + 12}" y="{HIGH - 4}" fill="#a33c00">solid: cost of the best plan so far</text>',
        f'<text x="{LEFT + 250}" y="{HIGH - 4}" fill="#00588a">dashed: no plan costs less than this</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(picture(json.load(sys.stdin)))
