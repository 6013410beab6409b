/**
 * Control characters that a terminal would obey or that reorder what is read: C0 (but tab and newline), DEL, C1, zero-width
 * and bidirectional controls, line and paragraph separators, the byte order mark, tags and lone surrogates.
 */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu

/** Text that is safe to write to a terminal: whatever it would obey is shown as its code point, `<U+001B>`. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    char => `<U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`,
  )
}
