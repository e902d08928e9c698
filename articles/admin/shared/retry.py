from articles.publishing.shared.locks import tried_again


class TriesAgain:
    """For Django's own pages that write, whose transaction is the whole request. If another transaction was
    in the way, nothing has been saved, and the request is answered again from the start."""

    def changeform_view(self, request, *args, **kwargs):
        return tried_again(lambda: super(TriesAgain, self).changeform_view(request, *args, **kwargs))

    def delete_view(self, request, *args, **kwargs):
        return tried_again(lambda: super(TriesAgain, self).delete_view(request, *args, **kwargs))
