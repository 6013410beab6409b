import type { Inline, Role, Span } from '../bank/prose.ts'
import { spans, words } from '../bank/prose.ts'
import type { ChoiceLine, Doc, DocBlock, Tone } from '../view/doc.ts'
import { visible } from '../visible.ts'
import { isTight, type Of } from './blocks.ts'
import { safeUrl } from './links.ts'
import { PAGE_STYLE } from './page-style.ts'
import { alignsOf } from './table.ts'

/**
 * A document as one HTML page that can be opened, mailed and printed: no scripts, nothing loaded from elsewhere. The title
 * is `title`, else the first heading.
 */
export function htmlPage(doc: Doc, title?: string): string {
  const heading = doc.find(it => it.type === 'heading')
  const name = title ?? (heading === undefined ? 'quiz' : words(heading.text))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${escaped(name.replace(/\s+/g, ' '))}</title>
<style>
${PAGE_STYLE}
</style>
</head>
<body>
<main>
${blocks(doc, 2)}
</main>
</body>
</html>
`
}

/** Text in which nothing is markup, nor a control character. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return visible(text).replace(/[&<>"']/g, it => entities[it]!)
}

function inline(text: Inline): string {
  return spans(text).map(spanHtml).join('')
}

const ROLE_CLASS: Readonly<Record<Role, string>> = {
  title: 'title',
  label: 'label',
  muted: 'muted',
  accent: 'accent',
  good: 'good',
  bad: 'bad',
  warn: 'partial',
}

function spanHtml(span: Span): string {
  if (typeof span === 'string') return escaped(span).replaceAll('\n', '<br>')
  if ('code' in span) return `<code>${escaped(span.code)}</code>`
  if ('em' in span) return `<em>${inline(span.em)}</em>`
  if ('strong' in span) return `<strong>${inline(span.strong)}</strong>`
  if ('role' in span) return `<span class="${ROLE_CLASS[span.role]}">${inline(span.text)}</span>`
  const address = safeUrl(span.url)
  if (address === undefined) return inline(span.link)
  const text = words(span.link).trim() === '' ? escaped(address) : inline(span.link)
  // On paper a name needs its address beside it, an address does not.
  const named =
    words(span.link).trim() === '' || words(span.link) === address ? '' : ' class="named"'
  return `<a href="${escaped(address)}"${named} rel="noreferrer">${text}</a>`
}

/** `level` is that of a heading for the next section within. */
function blocks(doc: Doc, level: number): string {
  let inner = level
  return doc
    .map(block => {
      if (block.type === 'heading') inner = Math.max(level, block.level + 1)
      return blockHtml(block, inner)
    })
    .filter(it => it !== '')
    .join('\n')
}

function blockHtml(block: DocBlock, level: number): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${inline(block.text)}</p>`
    case 'list':
      return listHtml(block, level)
    case 'code':
      return `<pre><code>${escaped(block.text)}</code></pre>`
    case 'quote':
      return `<blockquote>\n${blocks(block.blocks, level)}\n</blockquote>`
    case 'table':
      return tableHtml(block)
    case 'heading': {
      const note = block.note === undefined ? '' : ` <small>${inline(block.note)}</small>`
      return `<h${block.level}>${inline(block.text)}${note}</h${block.level}>`
    }
    case 'rule':
      return '<hr>'
    case 'section': {
      const tag = `h${Math.min(6, level)}`
      const body = blocks(block.blocks, level + 1)
      return `<section>\n<${tag} class="label">${escaped(block.title)}</${tag}>\n${body}\n</section>`
    }
    case 'callout':
      return calloutHtml(block, level)
    case 'choices':
      return `<ul class="choices">\n${block.items.map(choiceHtml).join('\n')}\n</ul>`
    case 'progress':
      return progressHtml(block)
    case 'bars':
      return `<table class="bars">\n<tbody>\n${block.rows.map(barHtml).join('\n')}\n</tbody>\n</table>`
    case 'calendar':
      return calendarHtml(block)
  }
}

function listHtml({ items, ordered }: Of<'list'>, level: number): string {
  const tag = ordered ? 'ol' : 'ul'
  const tight = isTight(items)
  const lines = items.map(item => {
    const [first, ...more] = item
    if (!tight || first?.type !== 'paragraph') return `<li>${blocks(item, level)}</li>`
    return `<li>${inline(first.text)}${more.length > 0 ? `\n${blocks(more, level)}` : ''}</li>`
  })
  return `<${tag}>\n${lines.join('\n')}\n</${tag}>`
}

function tableHtml({ columns, rows }: Of<'table'>): string {
  const count = Math.max(columns.length, ...rows.map(it => it.length))
  if (count <= 0) return ''
  const number = alignsOf(rows, count).map(it => (it === 'right' ? ' class="number"' : ''))
  const cells = (row: readonly Inline[], tag: string) =>
    `<tr>${Array.from({ length: count }, (_, at) => `<${tag}${number[at]}>${inline(row[at] ?? '')}</${tag.split(' ')[0]}>`).join('')}</tr>`
  return [
    '<table>',
    `<thead>\n${cells(columns, 'th scope="col"')}\n</thead>`,
    `<tbody>\n${rows.map(row => cells(row, 'td')).join('\n')}\n</tbody>`,
    '</table>',
  ].join('\n')
}

const TONE_SIGN: Readonly<Record<Tone, string>> = { good: '✓', bad: '✗', partial: '≈', note: '›' }

function calloutHtml({ tone, title, blocks: body }: Of<'callout'>, level: number): string {
  const sign = `<span class="sign" aria-hidden="true">${TONE_SIGN[tone]}</span>`
  const inner = blocks(body, level)
  return [
    `<div class="callout ${tone}" role="note">`,
    `<p class="title">${sign} ${inline(title)}</p>`,
    ...(inner === '' ? [] : [inner]),
    '</div>',
  ].join('\n')
}

const STATE: Readonly<
  Record<NonNullable<ChoiceLine['state']>, readonly [tone: string, sign: string]>
> = {
  right: ['good', '✓'],
  wrong: ['bad', '✗'],
  missed: ['partial', '→'],
}

function choiceHtml({ key, text, state }: ChoiceLine): string {
  const start = `<kbd>${escaped(key)}</kbd> <span>${inline(text)}`
  if (state === undefined) return `<li>${start}</span></li>`
  const [tone, sign] = STATE[state]
  const verdict = `<strong class="state"><span aria-hidden="true">${sign}</span> ${state}</strong>`
  return `<li class="${tone}">${start} ${verdict}</span></li>`
}

function progressHtml({ left, right, done, total }: Of<'progress'>): string {
  const max = Math.max(1, finite(total))
  const value = Math.min(max, Math.max(0, finite(done)))
  const label = escaped(words(right).replaceAll('\n', ' '))
  return [
    '<div class="progress">',
    `<p><span>${inline(left)}</span> <span>${inline(right)}</span></p>`,
    `<progress max="${max}" value="${value}" aria-label="${label}"></progress>`,
    '</div>',
  ].join('\n')
}

function barHtml({ label, value, note }: Of<'bars'>['rows'][number]): string {
  const share = Math.min(1, Math.max(0, finite(value)))
  // A meter that a reader cannot see is told by the note beside it.
  const meter = `<meter min="0" max="1" value="${Number(share.toFixed(4))}" aria-hidden="true"></meter>`
  return `<tr><th scope="row">${inline(label)}</th><td>${meter}</td><td>${escaped(note)}</td></tr>`
}

/** A week a column, a number a day: a colour alone would tell nobody how much it was. */
function calendarHtml({ weeks, weekdays }: Of<'calendar'>): string {
  const head = weeks.map(({ month }, at) =>
    month === weeks[at - 1]?.month ? '<td></td>' : `<th scope="col">${escaped(month)}</th>`,
  )
  const rows = weekdays.map((name, row) => {
    const cells = weeks.map(({ days }) => {
      const day = days[row]
      if (day === undefined) return '<td></td>'
      if (day.level === 0) return '<td class="level0"></td>'
      return `<td class="level${day.level}" title="${escaped(day.note)}">${day.amount}</td>`
    })
    return `<tr><th scope="row">${escaped(name)}</th>${cells.join('')}</tr>`
  })
  return [
    '<div class="calendar"><table>',
    `<thead>\n<tr><td></td>${head.join('')}</tr>\n</thead>`,
    `<tbody>\n${rows.join('\n')}\n</tbody>`,
    '</table></div>',
  ].join('\n')
}

function finite(number: number): number {
  return Number.isFinite(number) ? number : 0
}
