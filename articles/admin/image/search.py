from articles.words.folded import folded


def find_images(queryset, text):
    """Those that have each of the words in one of their texts or in the name of the uploaded file. Capitals
    and accents make no difference."""
    for word in folded(text.replace("\x00", "")[:200]).split()[:8]:
        queryset = queryset.filter(search_text__contains=word)
    return queryset
