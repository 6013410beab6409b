import type { Citation, SourceEntry } from './model.ts'

/** The citation that a reference stands for; an unknown source is shown as it was written. */
export function cite(ref: string, sources: ReadonlyMap<string, SourceEntry>): Citation {
  const [id = '', section] = ref.split('#')
  const entry = sources.get(id)
  if (entry === undefined) return { ref, title: ref, url: '' }
  const short = entry.short ?? entry.title
  if (section === undefined) return { ref, title: short, url: entry.url }
  const label = /^[\dA-Z][\d.A-Z]*$/.test(section)
    ? `§${section}`
    : `“${section.replaceAll(/[-_]/g, ' ')}”`
  const url = entry.section?.replace('{section}', encodeURIComponent(section)) ?? entry.url
  return { ref, title: `${short} ${label}`, url }
}
