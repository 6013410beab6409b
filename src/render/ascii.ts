/** What stands for a typographic character where only ASCII can be shown. */
const SPELLED: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '↔': '<->',
  '⇒': '=>',
  '⇐': '<=',
  '⇔': '<=>',
  '↑': '^',
  '↓': 'v',
  '▲': '^',
  '▼': 'v',
  '▶': '>',
  '◀': '<',
  '►': '>',
  '◄': '<',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '≈': '~',
  '∼': '~',
  '≡': '==',
  '×': 'x',
  '÷': '/',
  '⋅': '*',
  '±': '+/-',
  '−': '-',
  '√': 'sqrt',
  '∞': 'infinity',
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '·': '-',
  '•': '*',
  '◦': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '--',
  '―': '--',
  '…': '...',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '″': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‹': "'",
  '›': "'",
  '′': "'",
  '✓': '+',
  '✔': '+',
  '✗': 'x',
  '✘': 'x',
  '§': 'section ',
  '¶': 'paragraph ',
  '°': ' deg',
  '‾': '-',
  λ: 'lambda',
  µ: 'u',
  μ: 'u',
  '©': '(c)',
  '®': '(R)',
  '™': '(TM)',
}

const HIGH = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ'
const LOW = '₀₁₂₃₄₅₆₇₈₉'

/**
 * Spells typographic characters in ASCII: arrows, dashes, quotes, comparisons, superscripts, boxes. Letters of any
 * language stay as they are, because nothing we could put in their place would be the word any more.
 */
export function asciified(text: string): string {
  if (/^[\t\n -~]*$/.test(text)) return text
  return text
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f]/g, ' ')
    .replace(/§§? ?/g, 'section ')
    .replace(
      /[⁰¹²³⁴-⁹⁺⁻ⁿ]+/g,
      run => `^${[...run].map(it => '0123456789+-n'[HIGH.indexOf(it)]).join('')}`,
    )
    .replace(/[₀-₉]/g, it => String(LOW.indexOf(it)))
    .replace(/[─━┄┅┈┉═╌╍╴╶╸╺╼╾]/g, '-')
    .replace(/[│┃┆┇┊┋║╎╏╵╷╹╻╽╿]/g, '|')
    .replace(/[\u2500-\u257f]/g, '+')
    .replace(/[\u2580-\u259f■]/g, '#')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\t\n -~]/g, it => SPELLED[it] ?? it)
}
