/** What the page script uses of its private channel, taken before any page code runs. */
import { uncurry } from './primitives.ts'

export const postTo = uncurry(MessagePort.prototype.postMessage as (this: MessagePort, data: unknown) => void)

const dataGetter = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get
/** What a message carries, even where the page replaces the getter later. */
export const dataOf = uncurry(dataGetter as (this: Event) => unknown)
