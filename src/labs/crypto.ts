import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
} from 'node:crypto'

/** The real primitives, for labs whose subject uses them; they only compute. */

/** HMAC-SHA256 of a text as UTF-8, in lower-case hexadecimal (RFC 2104 with FIPS 180-4). */
export function hmacSha256Hex(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex')
}

/** HMAC-SHA256 of a text as UTF-8, in base64url without padding, as JSON Web Signatures have it (RFC 7515 §2). */
export function hmacSha256Base64url(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64url')
}

/** SHA-256 of a text as UTF-8, in base64url without padding, as PKCE has it (RFC 7636 §4.2). */
export function sha256Base64url(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}

/** A text as UTF-8 in base64url without padding (RFC 7515 §2). */
export function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url')
}

/** The text behind base64url. */
export function fromBase64url(encoded: string): string {
  return Buffer.from(encoded, 'base64url').toString('utf8')
}

/** A signature with Ed25519, in base64url; `d` and `x` are the private and the public half of the key as in a JWK (RFC 8037 §2). */
export function ed25519Base64url(key: { d: string; x: string }, text: string): string {
  const jwk = { kty: 'OKP', crv: 'Ed25519', ...key }
  return sign(
    null,
    Buffer.from(text, 'utf8'),
    createPrivateKey({ key: jwk, format: 'jwk' }),
  ).toString('base64url')
}

/** Whether a signature with Ed25519 belongs to a text; `x` is the public key as in a JWK. */
export function ed25519Fits(x: string, text: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'))
}
