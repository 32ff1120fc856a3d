"""What is read once while a page is made."""

from __future__ import annotations

from yiheng.people.once import forget, is_reading, once, reading

asked: list[tuple[str, int]] = []


@once
def answer(text: str, *, number: int = 0) -> str:
    asked.append((text, number))
    return f"{text}{number}"


def test_equal_reads_are_made_once_while_reading() -> None:
    asked.clear()
    with reading():
        assert is_reading()
        assert [answer("a"), answer("a"), answer("a", number=1), answer("b")] == ["a0", "a0", "a1", "b0"]
    assert asked == [("a", 0), ("a", 1), ("b", 0)]


def test_each_call_reads_anew_outside_and_in_the_next_page() -> None:
    asked.clear()
    assert not is_reading()
    answer("a")
    answer("a")
    for _ in range(2):
        with reading():
            answer("a")
    assert len(asked) == 4


def test_a_write_ends_what_was_read() -> None:
    asked.clear()
    with reading():
        answer("a")
        forget()
        answer("a")
    assert len(asked) == 2
