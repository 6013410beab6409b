/** The only addresses we turn into something to click: a bank must not make a reader run anything. */
const LINKABLE = /^(https?:\/\/[^/]|mailto:[^?])/i

/**
 * An address that may be written into a terminal, a page or Markdown as it is, or nothing if it may not be a link.
 * Whatever is not plain printable ASCII, or could end the address where it stands, is percent-encoded.
 */
export function safeUrl(url: string): string | undefined {
  if (!LINKABLE.test(url)) return undefined
  return url.replace(/[^!#-;=?-[\]_a-z~]/gu, char =>
    // A lone half of a surrogate pair cannot be encoded.
    /\p{Cs}/u.test(char) ? '%EF%BF%BD' : encodeURIComponent(char),
  )
}
