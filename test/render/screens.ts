import type { Screen } from '../../src/screen.ts'

/** A terminal of 80 columns without colours, but for what is given. */
export function screen(given: Partial<Screen> = {}): Screen {
  return {
    terminal: true,
    interactive: true,
    columns: 80,
    colors: 0,
    unicode: true,
    links: false,
    plain: false,
    ...given,
  }
}
