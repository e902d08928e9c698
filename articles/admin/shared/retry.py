from articles.publishing.locks import tried_again


class TriesAgain:
    """Django's own pages that write open one transaction for the whole request. Where others were in its way,
    nothing has been saved, and the request is answered once more from the start."""

    def changeform_view(self, request, *args, **kwargs):
        return tried_again(lambda: super(TriesAgain, self).changeform_view(request, *args, **kwargs))

    def delete_view(self, request, *args, **kwargs):
        return tried_again(lambda: super(TriesAgain, self).delete_view(request, *args, **kwargs))
