"""How the tests tell Vietnamese from English."""

OWN_LETTERS = frozenset("ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


def has_own_letters(text: str) -> bool:
    """Whether a letter stands in it that only Vietnamese has; a sentence without one is hardly Vietnamese."""
    return any(letter in OWN_LETTERS for letter in text.lower())
