/**
 * What Node.js and the SDK say where AWS cannot be reached at all, with what to do about it.
 *
 * @see https://nodejs.org/api/errors.html#common-system-errors
 * @see https://nodejs.org/api/tls.html#x509-certificate-error-codes
 * @see https://nodejs.org/api/cli.html#node_extra_ca_certsfile
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-proxies.html
 */
export const unreachable: readonly (readonly [words: RegExp, remedy: string])[] = [
  [
    /\bself-signed certificate\b|\bunable to (?:get local issuer|verify the first) certificate\b/i,
    "Somebody between here and AWS shows a certificate of their own, as a company's proxy does: name its authority's file by NODE_EXTRA_CA_CERTS. AWS_CA_BUNDLE is not read.",
  ],
  [
    /\bENOENT\b/,
    "A file that credentials are to be read from is not there: look at AWS_WEB_IDENTITY_TOKEN_FILE, or the profile's web_identity_token_file.",
  ],
  [
    /\bInvalid URL\b/,
    "An endpoint that is set is no URL: look at AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_SERVICE and the profile's endpoint_url.",
  ],
  [
    /^Unknown(?:Error)?: |\bis not valid JSON\b/,
    "What answers there is not AWS: a proxy, a portal or another server; look at the network and at endpoints that are set (AWS_ENDPOINT_URL).",
  ],
  [
    /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b|\bsocket hang up\b|\btimed out\b|\bTimeoutError\b/i,
    "Nothing answers at that address: look at the network, at the Region's name and at endpoints that are set (AWS_ENDPOINT_URL). HTTPS_PROXY is not used.",
  ],
];
