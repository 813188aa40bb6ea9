"""TLS on the local network for `./run demo --lan`: phones give the camera and offline work to trusted https only.

We are our own small authority. A phone installs its certificate once (offered over plain http on the next port); the
server's own certificate is made anew when the address of this machine changes. Keys never leave the state folder.
"""

import datetime as dt
import ipaddress
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from forum.runtime.paths import ROOT, private_folder
from forum.runtime.service import Probe, Service

AUTHORITY_DAYS = 365
SERVER_DAYS = 90
OFFERED = "/forum-demo.crt"
LISTENING = "certificate offered"


@dataclass(frozen=True)
class Identity:
    """Where phones find us and what we show them."""

    address: str
    certificate: Path
    key: Path
    authority: Path


def local_address() -> str:
    """This machine's address on the network of its default route. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def prepare(state: Path, *, address: str | None = None) -> Identity:
    """Certificates for `address` below `state`; the authority is kept, so phones trust it over restarts."""
    address = address or local_address()
    folder = private_folder(state / "tls")
    authority = folder / "authority.crt"
    if not authority.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        _save(folder / "authority", key, _authority(key))
    issuer = x509.load_pem_x509_certificate(authority.read_bytes())
    issuer_key = serialization.load_pem_private_key((folder / "authority.key").read_bytes(), password=None)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise RuntimeError(f"{folder} holds a key that is not ours; start with --fresh")
    key = ec.generate_private_key(ec.SECP256R1())
    _save(folder / "server", key, _server(key, address=address, issuer=issuer, issuer_key=issuer_key))
    return Identity(address, folder / "server.crt", folder / "server.key", authority)


def _builder(name: str, key: ec.EllipticCurvePrivateKey, *, days: int) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=12))  # a phone's clock may be behind
        .not_valid_after(now + dt.timedelta(days=days))
    )


def _authority(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = f"Forum demo on {socket.gethostname()}"
    return (
        _builder(name, key, days=AUTHORITY_DAYS)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    key: ec.EllipticCurvePrivateKey, *, address: str, issuer: x509.Certificate, issuer_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.DNSName(socket.gethostname())]
    names += [x509.IPAddress(ipaddress.ip_address(text)) for text in dict.fromkeys((address, "127.0.0.1"))]
    return (
        _builder(address, key, days=SERVER_DAYS)
        .issuer_name(issuer.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _save(base: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = base.with_suffix(".key")
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    base.with_suffix(".crt").write_bytes(certificate.public_bytes(pem))


def authority_service(identity: Identity, *, port: int, env: dict[str, str], log: Path) -> Service:
    """Plain http, because a phone that does not trust us yet must be able to fetch the certificate."""
    return Service(
        name="authority",
        command=[sys.executable, str(ROOT / "forum/runtime/lan_offer.py"), str(identity.authority), str(port)],
        log=str(log), env=env, ready=Probe(kind="log", target=LISTENING), restart=True,
    )  # fmt: skip
