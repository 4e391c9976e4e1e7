"""The page of an evaluation: one HTML file with plots, that needs nothing else."""

import io
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from identity_resolution.errors import UserError

INK, MUTED, FIRST, SECOND = "#1c2733", "#8594a3", "#1f6feb", "#d9822b"
LARGEST_SIZE = 12
TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation of {{ r.dataset }}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; color: #1c2733; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
  table { border-collapse: collapse; } td, th { padding: .2rem .9rem .2rem 0; text-align: right; }
  td:first-child, th:first-child { text-align: left; } th { color: #57646f; font-weight: 600; }
  .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1.5rem; }
  figure { margin: 0; } figcaption { color: #57646f; font-size: .9rem; } svg { width: 100%; height: auto; }
</style>
</head>
<body>
<h1>Evaluation of {{ r.dataset }}</h1>
<p>{{ "{:,}".format(r.records) }} records of {{ "{:,}".format(r.people) }} people became
{{ "{:,}".format(r.clusters) }} customers. {{ "{:,}".format(r.review_pairs) }} pairs wait for a person to decide;
{{ "{:,}".format(r.candidate_pairs) }} candidate pairs were compared.</p>
<table>
<tr><th></th><th>precision</th><th>recall</th><th>F1</th></tr>
{% for name, score in scores %}<tr><td>{{ name }}</td>
<td>{{ "%.4f" % score.precision }}</td><td>{{ "%.4f" % score.recall }}</td><td>{{ "%.4f" % score.f1 }}</td></tr>
{% endfor %}</table>
<h2>Does a probability mean what it says?</h2>
<p>Expected calibration error {{ "%.4f" % r.calibration.expected_calibration_error }};
of pairs at 0.5 and above {{ "%.4f" % r.calibration.merge_calibration_error }}.</p>
<table>
<tr><th>probability</th><th>candidate pairs</th><th>predicted</th><th>observed</th></tr>
{% for band in r.calibration.bands %}<tr><td>{{ "%g" % band.low }} to {{ "%g" % band.high }}</td>
<td>{{ "{:,}".format(band.pairs) }}</td><td>{{ "%.3f" % band.predicted }}</td><td>{{ "%.3f" % band.observed }}</td></tr>
{% endfor %}</table>
<div class="plots">
{% for plot, caption in plots %}<figure>{{ plot }}<figcaption>{{ caption }}</figcaption></figure>
{% endfor %}</div>
<p>Load {{ r.seconds.load }} s, train {{ r.seconds.train }} s, build {{ r.seconds.build }} s.</p>
</body>
</html>
"""


def check_page(path: Path) -> None:
    """Whether a page can be drawn and written there, before the work of an evaluation; raises UserError if not."""
    if find_spec("matplotlib") is None:
        raise UserError("the page's plots need matplotlib: pip install 'identity-resolution[report]'")
    if path.is_dir() or not path.resolve().parent.is_dir():
        raise UserError(f"{path} cannot be written: {'a folder' if path.is_dir() else 'no such folder'}")


def write_page(result: Mapping[str, Any], path: Path) -> None:
    """Write the page of a result of evaluate_dataset. Raises UserError if it cannot be written or drawn."""
    environment = Environment(autoescape=True)
    text = environment.from_string(TEMPLATE).render(
        r=result,
        scores=(
            ("pairs of records", result["pairwise"]),
            ("records (B-cubed)", result["b_cubed"]),
            ("customers that are a person, whole", result["exact_clusters"]),
        ),
        plots=_plots(result),
    )
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None


def _plots(result: Mapping[str, Any]) -> list[tuple[Markup, str]]:
    from matplotlib.figure import Figure  # noqa: PLC0415 (an optional extra, and slow to import)

    drawn = []
    for draw, caption in (
        (
            _draw_calibration,
            "Observed share of true pairs by predicted probability; on the line they are equal.",
        ),
        (_draw_curve, "Precision and recall of candidate pairs merged from a threshold on, before closure."),
        (
            _draw_sizes,
            f"Customers and people by their number of records ({LARGEST_SIZE}: that many or more).",
        ),
    ):
        figure = Figure(figsize=(5.2, 3.6), layout="constrained")
        axes = figure.subplots()
        draw(axes, result)
        axes.spines[["top", "right"]].set_visible(False)
        text = io.StringIO()
        # no date in the file: the same result gives the same page
        figure.savefig(text, format="svg", metadata={"Date": None})
        svg = text.getvalue()
        drawn.append((Markup(svg[svg.index("<svg") :]), caption))  # noqa: S704 (drawn here, from numbers)
    return drawn


def _draw_calibration(axes: Any, result: Mapping[str, Any]) -> None:
    bands = result["calibration"]["bands"]
    axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1, linestyle="--")
    axes.plot(
        [b["predicted"] for b in bands], [b["observed"] for b in bands], color=FIRST, marker="o", markersize=5
    )
    axes.set(xlabel="predicted", ylabel="observed", xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))


def _draw_curve(axes: Any, result: Mapping[str, Any]) -> None:
    points = result["calibration"]["curve"]
    axes.plot([p["recall"] for p in points], [p["precision"] for p in points], color=FIRST, marker=".")
    merge = next(p for p in points if p["threshold"] == 0.9)
    axes.plot(merge["recall"], merge["precision"], color=SECOND, marker="o", markersize=8, linestyle="")
    axes.annotate(
        "0.90, the default",
        (merge["recall"], merge["precision"]),
        (-40, -16),
        textcoords="offset points",
        color=INK,
    )
    axes.set(xlabel="recall", ylabel="precision")


def _draw_sizes(axes: Any, result: Mapping[str, Any]) -> None:
    for place, (name, colour) in enumerate((("people", MUTED), ("customers", FIRST))):
        heights = [0] * LARGEST_SIZE
        for size, count in result["cluster_sizes"][name].items():
            heights[min(int(size), LARGEST_SIZE) - 1] += count
        axes.bar(
            [size + 0.4 * place - 0.2 for size in range(1, LARGEST_SIZE + 1)],
            heights,
            0.4,
            color=colour,
            label=name,
        )
    axes.set(xlabel="records", ylabel="how many", xticks=range(1, LARGEST_SIZE + 1))
    axes.legend(frameon=False)
