import { createHash, createHmac } from 'node:crypto'

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

/** SHA-256 of a text as UTF-8, in lower-case hexadecimal. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
