"""Messages between grader and child: what is sent arrives, and what is forged is refused."""

import io
import json
import struct
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from coursecnn.grading.judging.test_cases import encode_args
from coursecnn.grading.running.child import wire
from coursecnn.grading.running.child.values import Unknown, decode, encode
from coursecnn.grading.running.results import raised, read


def there_and_back(value):
    sent = bytearray()
    spec, blobs = encode(value)
    wire.send(sent.extend, {"value": spec}, blobs)
    header, received = wire.receive(io.BytesIO(bytes(sent)))
    return decode(header["value"], received)


@pytest.mark.parametrize("dtype", ["bool", "int8", "int64", "float16", "float32", "complex128"])
def test_arrays_arrive_as_they_were(rng, dtype):
    array = (9 * rng.random((2, 3)) - 1).astype(dtype)
    arrived = there_and_back(array)
    assert arrived.dtype == array.dtype
    np.testing.assert_array_equal(arrived, array)


@pytest.mark.parametrize("value", [None, "text", 3, 2.5, True])
def test_plain_values_arrive_as_they_were(value):
    arrived = there_and_back(value)
    assert arrived == value
    assert type(arrived) is type(value)


def test_a_list_of_lists_is_an_array():
    np.testing.assert_array_equal(there_and_back([[1, 2], [3, 4]]), [[1, 2], [3, 4]])


@pytest.mark.parametrize("kind", [Fraction, Decimal, np.float64, float], ids=lambda k: k.__name__)
def test_numbers_of_other_kinds_are_numbers(kind):
    arrived = there_and_back([[kind(1), kind(2)], [kind(3), kind(4)]])
    np.testing.assert_array_equal(arrived, [[1.0, 2.0], [3.0, 4.0]])


def test_a_huge_number_is_named_and_not_written_out():
    assert there_and_back(10**6000).type_name == "int with 19932 bits"
    assert there_and_back(2**63) == 2**63


def test_a_text_of_numpys_is_a_text():
    arrived = there_and_back(np.str_("same"))
    assert arrived == "same"
    assert type(arrived) is str


def test_arrays_that_do_not_stack_arrive_as_a_tuple():
    first, second = there_and_back((np.ones(2), np.ones((3, 3))))
    assert first.shape == (2,)
    assert second.shape == (3, 3)


def test_only_the_type_of_other_objects_arrives():
    arrived = there_and_back({"a": 1})
    assert isinstance(arrived, Unknown)
    assert arrived.type_name == "dict"


def test_an_array_that_pretends_to_be_equal_to_all_is_read_as_its_numbers():
    class Equal(np.ndarray):
        def __eq__(self, other):
            return True

        def __array_ufunc__(self, *args, **kwargs):
            return np.True_

    arrived = there_and_back(np.zeros(3).view(Equal))
    assert type(arrived) is np.ndarray
    np.testing.assert_array_equal(arrived, [0, 0, 0])


def nest(depth):
    """A list in a list in a list…"""
    return [nest(depth - 1)] if depth else []


FORGERIES = {
    "an object dtype": ({"kind": "array", "dtype": "O", "shape": [1]}, [b"12345678"]),
    "too few bytes": ({"kind": "array", "dtype": "<f8", "shape": [2]}, [b"12345678"]),
    "a negative size": ({"kind": "array", "dtype": "<f8", "shape": [-1, -1]}, [b"12345678"]),
    "sizes that are no numbers": ({"kind": "array", "dtype": "<f8", "shape": "1"}, [b"12345678"]),
    "a shape that overflows": ({"kind": "array", "dtype": "<f8", "shape": [0, 2**200]}, [b""]),
    "no bytes": ({"kind": "array", "dtype": "<f8", "shape": [1]}, []),
    "no kind": ({}, []),
    "an unknown kind": ({"kind": "pickle"}, []),
    "a nested plain value": ({"kind": "plain", "value": [1]}, []),
    "a deep nest": ({"kind": "tuple", "items": [{"kind": "tuple", "items": 3}]}, []),
    "a list": ([], []),
    "numbers of 80 bits": ({"kind": "array", "dtype": "<f16", "shape": [1]}, [bytes(16)]),
    "a dtype of many parts": ({"kind": "array", "dtype": "i8," * 9, "shape": [1]}, [bytes(72)]),
    "a dtype that is a list": ({"kind": "array", "dtype": [["a", "f8"]], "shape": [1]}, [bytes(8)]),
    "a type's name that never ends": ({"kind": "unknown", "type": nest(600)}, []),
    "a kind that never ends": ({"kind": nest(600)}, []),
    "as many axes as NumPy has none": (
        {"kind": "array", "dtype": "|b1", "shape": [1] * 33},
        [b"1"],
    ),
    "too many bytes": ({"kind": "array", "dtype": "|b1", "shape": []}, [b"12"]),
}


@pytest.mark.parametrize(("spec", "blobs"), FORGERIES.values(), ids=FORGERIES)
def test_a_forged_value_is_refused(spec, blobs):
    with pytest.raises(ValueError, match="malformed value"):
        decode(spec, blobs)


def test_what_is_said_beside_a_value_is_read_as_yes_or_no():
    plain = {"kind": "plain", "value": 1}
    for forged in (1, "yes", [True], {}, None):
        value = read({"value": plain | {"sequence": forged}, "empty": forged}, [])
        assert (value.sequence, value.empty) == (False, False)


@pytest.mark.parametrize(
    "forged",
    [["x" * 10**4] * 10**4, [nest(300)] * 9, [3, None, "x"], "TypeError", {"TypeError": 1}, 7],
    ids=["long", "nested", "mixed", "text", "object", "number"],
)
def test_what_an_exception_is_a_kind_of_is_bounded(forged):
    found = raised({"type": "X", "message": "", "bases": forged}).bases
    assert len(found) <= 8
    assert all(isinstance(name, str) and len(name) <= 80 for name in found)
    assert "TypeError" not in found


def message(header, rest=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return io.BytesIO(struct.pack(">I", len(text)) + text + rest)


@pytest.mark.parametrize(
    "stream",
    [
        message(b"\xff"),
        message([1]),
        message({}),
        message({"blobs": "x"}),
        message({"blobs": [True]}),
        message({"blobs": [-1]}),
        message({"blobs": [2**40]}),
        io.BytesIO(b"\xff\xff\xff\xff"),
        message(b"[" * 100_000),
    ],
    ids=range(9),
)
def test_bytes_that_are_no_message_are_refused_before_memory_is_taken(stream):
    with pytest.raises(wire.WireError):
        wire.receive(stream)


@pytest.mark.parametrize("data", [b"", b"\0\0", b"\0\0\0\x05{}", b'\0\0\0\x0d{"blobs":[5]}abc'])
def test_a_broken_connection_is_the_end(data):
    with pytest.raises(EOFError):
        wire.receive(io.BytesIO(data))


def test_an_argument_keeps_its_lists_and_tuples():
    args = ([(3, 1), (2, 2)], (3, 5), 4, [])
    spec, blobs = encode_args(args)
    found = decode(spec, blobs)
    assert found == args
    assert [type(part) for part in found] == [list, tuple, int, list]
    assert type(found[0][0]) is tuple
