import type { Bank } from '../../bank/bank.ts'
import type { Screen } from '../../screen.ts'
import type { World } from '../../world.ts'
import type { Conversation } from './conversation.ts'

/** The other side of a sitting: JSON lines if that was asked for, else a person. Each is loaded only when it is chosen. */
export async function talkWith(
  world: World,
  bank: Bank,
  format: 'text' | 'jsonl' | undefined,
  screen: Screen,
): Promise<Conversation> {
  if (format === 'jsonl') {
    const { jsonLines } = await import('./lines.ts')
    return jsonLines(world)
  }
  const { onScreen } = await import('./screen.ts')
  return onScreen(world, bank, screen)
}
