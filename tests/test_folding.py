"""Comparing texts: what is the same to a reader, what is not, and where a search finds it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_text import ANY_TEXT

from nktimeline.folding import begins_in, fold, name_key, spoken, stands_in, words

LETTERS = st.text(
    st.characters(categories=("L", "M", "N")) | st.sampled_from("éйёłﬁｶﾞ김バ"), max_size=12
)


# -- letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RUSSIA", "russia"),
        ("Ångström", "angstrom"),
        ("Việt Nam", "viet nam"),
        ("Straße", "STRASSE"),
        ("Россия", "РОССИЯ"),
        ("Ёлкин", "елкин"),
        ("Росси́я", "россия"),  # with the mark of stress
        ("украї́нський", "український"),
        ("Αθήνα", "αθηνα"),
        ("e\u0301", "é"),
        ("и\u0306", "й"),
        ("가", "\u1100\u1161"),
        ("ﬁn", "fin"),
        ("ＴＡＳＳ", "tass"),
        ("ｶﾞ", "ガ"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_case_accents_and_forms_of_a_letter_make_no_difference(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Lech Wałęsa", "lech walesa"),
        ("Tromsø", "tromso"),
        ("Đorđević", "dordevic"),
        ("Ærø", "aero"),
        ("Œuvre", "oeuvre"),
        ("Þórður", "thordur"),
        ("Ħal", "hal"),
        ("ısparta ISPARTA", "isparta isparta"),
        ("İzmir", "izmir"),
        ("Sápmi Ŧ Ŋ", "sapmi t ng"),
        ("Ǿ", "o"),
    ],
)
def test_letters_with_strokes_and_ligatures_are_what_people_type(name, typed):
    assert fold(name) == typed


@pytest.mark.parametrize(
    "letters",
    [
        ("ハ", "バ", "パ"),
        ("기", "김", "가"),
        ("и", "й", "і", "ї"),
        ("у", "ў"),
        ("г", "ѓ"),
        ("к", "ќ"),
        ("र", "रा", "रि"),
        ("ก", "กิ", "กี"),
        ("ש\u05c1", "ש\u05c2"),
        ("=", "≠"),
    ],
)
def test_letters_of_one_alphabet_are_never_taken_for_each_other(letters):
    assert len({fold(letter) for letter in letters}) == len(letters)
    assert len({name_key(letter) for letter in letters}) == len(letters)


@settings(deadline=None)
@given(ANY_TEXT | LETTERS)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
    assert spoken(spoken(text)) == spoken(text)


# -- words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kim Jong-un", "kim jong un"),
        ("Kim Jong\u2011un", "kim jong un"),
        ("two\n  lines,\ttabs", "two lines tabs"),
        ("workers' party", "workers party"),
        ("Workers\u2019 Party", "workers party"),
        ("Kim's \u201cnew era\u201d", "kims new era"),
        ("the U.S. Treasury", "the us treasury"),
        ("D.P.R.K.", "dprk"),
        ("St. Petersburg", "st petersburg"),
        ("J. R. Smith, S.Truman", "j r smith s truman"),
        ("plan A. Then", "plan a then"),
        ("10,000 men, 2.5%", "10000 men 2 5 %"),
        ("1,2", "1 2"),
        ("$5 **bold** C++", "$ 5 * * bold * * c + +"),
        ("COVID-19", "covid 19"),
        ("金正恩", "金 正 恩"),
        ("主席xi", "主 席 xi"),
        ("김정은 위원장", "김정은 위원장"),
        ("राम जाता है।", "राम जाता है"),
        ("-- !?", ""),
    ],
)
def test_the_spoken_form_is_words_with_one_blank_between_them(text, words):
    assert spoken(text) == words


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("vostoch", "a summit at Vostochny"),
        ("next village", "brigade of the next\nvillage came"),
        ("kim jong un", "with Kim Jong-un in Hanoi"),
        ("Jong-un", "Kim Jong Un"),
        ("Hanoi Vietnam", "in Hanoi, Vietnam"),
        ("workers party", "the Workers’ Party of Korea"),
        ("workers' party", "the Workers’ Party of Korea"),
        ("U.S.", "the US Treasury"),
        ("US", "the U.S. Treasury"),
        ("2397", "resolution 2397"),
        ("23", "resolution 2397"),
        ("10000", "some 10,000 soldiers"),
        ("$5", "worth $5 billion"),
        ("fog", "**Fog** and horns"),
        ("正恩", "金正恩 visits"),
        ("ヤング", "ピョンヤング"),
        ("김", "김하나"),
        ("กรุง", "ในกรุงเทพ"),
        ("xi", "主席xi"),
    ],
)
def test_a_phrase_begins_where_a_word_begins(phrase, text):
    assert begins_in(spoken(phrase), spoken(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("xi", "an exit"),
        ("97", "resolution 2397"),
        ("un kim", "Kim Jong Un"),
        ("kim un", "Kim Jong Un"),
        ("기", "김하나"),
        ("나", "김하나"),
        ("バリ", "パリ"),
        ("и", "Йонг"),
        ("", "anything"),
        ("-", "a-b"),
        ("50%", "50 men"),
    ],
)
def test_a_phrase_is_not_found_inside_a_word_or_in_another_order(phrase, text):
    assert not begins_in(spoken(phrase), spoken(text))


def test_whole_words_stand_in_a_text_and_beginnings_do_not():
    assert stands_in("korea", "workers party of korea")
    assert stands_in("north korea", "north korea")
    assert not stands_in("korea", "korean customs")
    assert not stands_in("", "anything")


@settings(deadline=None)
@given(LETTERS, LETTERS, LETTERS)
def test_a_word_of_a_text_is_found_in_it_whole_and_by_its_beginning(before, word, after):
    text = spoken(f"{before} {word} {after}")
    if said := spoken(word):
        assert stands_in(said, text)
        assert begins_in(said, text)
        assert begins_in(spoken(word)[:1], text)


def test_the_words_of_a_search_are_what_blanks_divide():
    assert words("kim Jong-un  U.S. -- 金正恩") == ["kim", "jong un", "us", "金 正 恩"]
    assert words(" ") == []


# -- names


@pytest.mark.parametrize(
    "name", ["Kim Jong-un", "KIM JONG UN", "kimjongun", "kim_jong_un", "Kim Jong’un"]
)
def test_blanks_hyphens_and_case_make_no_difference_between_names(name):
    assert name_key(name) == "kimjongun"


def test_a_name_without_letters_digits_or_signs_has_no_key():
    assert name_key("-- !?") == ""
    assert name_key("★") == "★"
