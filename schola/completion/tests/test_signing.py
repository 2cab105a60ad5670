import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schola.completion.signing import NotSigned, canonical, new_key, public_key, sign, verify

KEY = bytes(range(32))
PAYLOAD = {"n": "NC-2026-7F3K", "p": "Amara Okafor", "c": "Introduction to Statistics", "v": 1}
TOKEN = sign(KEY, PAYLOAD)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n"
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def test_what_was_signed_is_what_is_read():
    assert verify(public_key(KEY), TOKEN) == PAYLOAD


def test_the_order_of_the_fields_makes_no_difference():
    assert sign(KEY, dict(reversed(PAYLOAD.items()))) == TOKEN


def test_each_organization_has_its_own_key():
    with pytest.raises(NotSigned):
        verify(public_key(new_key()), TOKEN)


@settings(max_examples=1_000)
@given(
    st.integers(0, len(TOKEN) - 1),
    st.sampled_from(ALPHABET),
    st.sampled_from(["swap", "add", "cut"]),
)
def test_no_mutation_is_accepted(place, letter, how):
    rest = TOKEN[place:] if how == "add" else TOKEN[place + 1 :]
    changed = TOKEN[:place] + ("" if how == "cut" else letter) + rest

    if changed != TOKEN:
        with pytest.raises(NotSigned):
            verify(public_key(KEY), changed)


@given(st.text(max_size=200))
def test_no_text_is_accepted_or_breaks_the_check(text):
    with pytest.raises(NotSigned):
        verify(public_key(KEY), text)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), plain))
def test_the_canonical_form_is_stable(payload):
    once = canonical(payload)

    assert canonical(json.loads(once)) == once


@pytest.mark.parametrize("payload", [{"x": 0.1}, {"x": b""}, {1: "x"}, {"a": [[[[[["x"]]]]]]}])
def test_what_has_no_single_form_is_refused(payload):
    with pytest.raises(ValueError, match=r"cannot carry|nested"):
        sign(KEY, payload)
