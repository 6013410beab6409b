import type { Citation, Concept, Example, Sheet } from '../bank/model.ts'
import type { Inline } from '../bank/prose.ts'
import { inlineMarkdown, proseMarkdown } from '../render/markdown.ts'

/**
 * What `--format json` prints: the record, with text as Markdown. Fields are only ever added; see the README.
 */

function citationData({ ref, title, url }: Citation) {
  return { ref, title, url }
}

export function conceptData(it: Concept) {
  return {
    id: it.id,
    topic: it.topic,
    title: it.title,
    aliases: it.aliases ?? [],
    gist: inlineMarkdown(it.gist),
    explanation: proseMarkdown(it.explanation),
    say: lines(it.say),
    avoid: (it.avoid ?? []).map(a => ({
      claim: inlineMarkdown(a.claim),
      why: inlineMarkdown(a.why),
    })),
    tradeoffs: (it.tradeoffs ?? []).map(t => ({
      choose: inlineMarkdown(t.choose),
      when: inlineMarkdown(t.when),
    })),
    example: it.example === undefined ? null : exampleData(it.example),
    confusedWith: it.confusedWith ?? [],
    seeAlso: it.seeAlso ?? [],
    needs: it.needs ?? [],
    labs: (it.labs ?? []).map(lab => lab.id),
    sources: it.sources.map(citationData),
    asOf: it.asOf ?? null,
  }
}

export function sheetData({ title, columns, rows }: Sheet) {
  return { title, columns, rows: rows.map(row => row.map(it => inlineMarkdown(it))) }
}

function exampleData({ text, source }: Example) {
  return { text: inlineMarkdown(text), source: citationData(source) }
}

function lines(items: readonly Inline[] = []): string[] {
  return items.map(it => inlineMarkdown(it))
}
