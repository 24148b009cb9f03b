/** The certificate authority of the cluster, as Pods and clients are given it. Nothing is signed by it. */
export const clusterCertificate = `-----BEGIN CERTIFICATE-----
VGhpcyBpcyBhIHNpbXVsYXRlZCBjbHVzdGVyOiB0aGVyZSBpcyBubyBjZXJ0aWZp
Y2F0ZSBhdXRob3JpdHksIGFuZCBub3RoaW5nIGlzIHNpZ25lZCBieSBpdC4=
-----END CERTIFICATE-----
`;
