"""Hand out one public certificate over plain http: started by `./run demo --lan`, knows no other file."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Offer(BaseHTTPRequestHandler):
    """Any address answers with the certificate: it is public, and people mistype."""

    certificate = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-x509-ca-cert")
        self.send_header("Content-Disposition", 'attachment; filename="forum-demo.crt"')
        self.send_header("Content-Length", str(len(self.certificate)))
        self.end_headers()
        self.wfile.write(self.certificate)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its signature
        """Who asked is nobody's business."""


if __name__ == "__main__":
    Offer.certificate = Path(sys.argv[1]).read_bytes()
    server = ThreadingHTTPServer(("0.0.0.0", int(sys.argv[2])), Offer)  # noqa: S104 -- for phones on the network
    print("certificate offered", flush=True)
    server.serve_forever()
