from dataclasses import replace

from tests.simulator import ElectionSimulator
from tests.vote.verifier.bundles import bundle_of, verified
from vote.account.separation import Separation
from vote.verifier.separation import separation_text


def test_duties_in_different_hands_are_no_word_worth() -> None:
    assert separation_text(Separation((), (), owner_trustee=True)) is None


def test_every_breach_is_told_in_plain_words() -> None:
    text = separation_text(Separation((("community", "trustee"), ("x", "y")), ("桥东社区",), owner_trustee=False))
    assert text is not None
    assert text.zh == (
        "人员分工没有完全分开：程序见证和开箱人是同一人；x和y是同一人；桥东社区派出的开箱人够单独开箱；开箱人里没有业主"
    )
    assert text.en == (
        "duties do not lie in enough different hands: one person is both the certifier and a trustee; one person is both x "
        "and y; 桥东社区 sends enough trustees to open the totals alone; no trustee is an owner"
    )


def test_only_what_was_breached_is_told() -> None:
    text = separation_text(Separation((), ("桥东社区",), owner_trustee=True))
    assert text is not None
    assert text.zh == "人员分工没有完全分开：桥东社区派出的开箱人够单独开箱"


def test_a_breach_in_the_manifest_is_a_warning() -> None:
    breach = Separation((), (), owner_trustee=False)
    election = ElectionSimulator(alter=lambda manifest: replace(manifest, separation=breach))
    warnings = [warning.zh for warning in verified(bundle_of(election)).warnings]
    assert "人员分工没有完全分开：开箱人里没有业主" in warnings
