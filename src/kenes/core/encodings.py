"""Which encodings a client takes, and pages compressed for those that take gzip."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


def takes_gzip(accepted: str) -> bool:
    """Say whether an `Accept-Encoding` header takes gzip. Source: RFC 9110, 12.5.3."""
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";")
        if name == "gzip":
            return weight not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages for those who take gzip; Django's own does not know that `q=0` refuses.

    What is compressed is padded by a random length, so that its size tells nothing of a secret in it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        accepted = request.headers.get("Accept-Encoding", "")
        if "gzip" in accepted.lower() and not takes_gzip(accepted):
            return response
        return super().process_response(request, response)
