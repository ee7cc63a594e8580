"""Dask: the recipe of the README, and the same scores as here."""

from __future__ import annotations

import pandas as pd
import pytest
from archives import make_posts

dd = pytest.importorskip("dask.dataframe", reason="Dask is not installed (extra dask)")

from toneguide.batch.score_batches import score_batches  # noqa: E402
from toneguide.batch.ship import pack_guide  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::UserWarning")


def test_partitions_score_as_the_whole_frame(valued):
    frame = pd.DataFrame({"text": make_posts(80), "id": range(80)})
    packed = pack_guide(valued)
    parts = dd.from_pandas(frame, npartitions=4).map_partitions(
        lambda part: next(score_batches([part], packed)), meta=next(score_batches([frame[:0]], packed))
    )
    scored = parts.compute(scheduler="threads")
    pd.testing.assert_frame_equal(scored, valued.score_frame(frame), check_dtype=False)
