"""The address in a letter: the page for voting, and behind # what only the letter's owner has.

 * `…/elections/{uuid}/vote#NUMBER.CREDENTIAL`; a browser never sends what stands behind #, and the page takes it out of the
   address bar before anything else.
 * With keys of one part there is no number, and the credential stands alone.

Not here: printing, the page.

>>> letter_link("https://vote.example", "DQB53CqA1UtMwz", "ACVP-88QC", "guyDu-tFHGuC-TAL8y-VqJfpp")
'https://vote.example/elections/DQB53CqA1UtMwz/vote#ACVP-88QC.guyDu-tFHGuC-TAL8y-VqJfpp'
>>> letter_link("https://vote.example", "DQB53CqA1UtMwz", None, "guyDu-tFHGuC-TAL8y-VqJfpp")
'https://vote.example/elections/DQB53CqA1UtMwz/vote#guyDu-tFHGuC-TAL8y-VqJfpp'
"""


def letter_link(origin: str, uuid: str, number: str | None, credential: str) -> str:
    """Return the address in a letter.

    Args:
        origin: where owners reach the installation, without a slash at the end.
        uuid: of the election.
        number: of the letter, XXXX-XXXX; None where keys have one part.
        credential: the letter's part of the voting key.
    """
    own = credential if number is None else f"{number}.{credential}"
    return f"{origin}/elections/{uuid}/vote#{own}"
