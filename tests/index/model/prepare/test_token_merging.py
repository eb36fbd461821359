"""Tokens that are alike become one; nothing of what they say together is lost."""

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnx import TensorProto

from index.model.encoder import SWITCH
from index.model.prepare.onnx_graph import Graph
from index.model.prepare.token_merging import TokenState, merge

WIDTH = 4
Matrix = NDArray[np.float32]


def merged(
    states: Matrix, distance: float, rounds: int = 1, *, switch: bool = True
) -> tuple[Matrix, Matrix]:
    """States, (tokens, width), and sizes, (tokens,), after some rounds."""
    graph = Graph()
    tokens = TokenState(graph.input("states", TensorProto.FLOAT, [1, "tokens", WIDTH]))
    for number in range(rounds):
        tokens = merge(graph, tokens, WIDTH, distance, f"m{number}")
    assert tokens.sizes
    graph.output(tokens.state, [1, "left", WIDTH])
    graph.output(tokens.sizes, [1, "left", 1])
    session = ort.InferenceSession(
        graph.model().SerializeToString(), providers=["CPUExecutionProvider"]
    )
    inputs = {"states": states[None].astype(np.float32), SWITCH: np.array(switch, np.float32)}
    state, sizes = session.run(None, inputs)
    return state[0], sizes[0, :, 0]


def rows(*values: tuple[float, ...]) -> Matrix:
    return np.array([(*value, *[0.0] * (WIDTH - len(value))) for value in values], np.float32)


def test_tokens_that_say_the_same_become_one() -> None:
    states, sizes = merged(rows((1, 0), (1, 0), (0, 1), (1, 0)), 0.1)
    assert sorted(sizes.tolist()) == [1, 3]
    assert states[sizes == 3].tolist() == [[1, 0, 0, 0]]


def test_tokens_that_differ_stay_as_they_are() -> None:
    states, sizes = merged(np.eye(WIDTH, dtype=np.float32), 0.3)
    assert sizes.tolist() == [1] * WIDTH
    assert sorted(map(tuple, states.tolist())) == sorted(map(tuple, np.eye(WIDTH).tolist()))


def test_a_merged_token_is_the_mean_of_all_that_it_stands_for() -> None:
    alike = rows((1.0, 0.02), (1.0, 0.0), (1.0, 0.04), (1.0, 0.06))
    states, sizes = merged(alike, 0.1, rounds=3)
    assert sizes.tolist() == [4]
    np.testing.assert_allclose(states[0], alike.mean(axis=0), atol=1e-6)


def test_nothing_merges_where_that_is_not_asked_for() -> None:
    _, sizes = merged(np.ones((6, WIDTH), np.float32), 0.5, rounds=2, switch=False)
    assert sizes.tolist() == [1] * 6


@pytest.mark.parametrize("tokens", [1, 2, 3])
def test_the_shortest_texts_can_be_merged(tokens: int) -> None:
    _, sizes = merged(np.ones((tokens, WIDTH), np.float32), 0.1, rounds=3)
    assert sizes.tolist() == [tokens]


@given(
    st.lists(
        st.tuples(*[st.floats(-1, 1, width=32)] * WIDTH).filter(
            lambda row: max(map(abs, row)) > 0.1
        ),
        min_size=1,
        max_size=20,
    ),
    st.floats(0.01, 0.9),
    st.integers(1, 3),
)
def test_no_token_is_lost_and_their_sum_stays(
    values: list[tuple[float, ...]], distance: float, rounds: int
) -> None:
    before = np.array(values, np.float32)
    states, sizes = merged(before, distance, rounds)
    assert sizes.sum() == len(before) and sizes.min() >= 1
    np.testing.assert_allclose((states * sizes[:, None]).sum(axis=0), before.sum(axis=0), atol=1e-4)
