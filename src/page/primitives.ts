/** What the page script uses of the page's own world, taken before any page code runs. */

/** A method that no longer looks at its prototype. */
export const uncurry = <This, Arguments extends unknown[], Result>(
  method: (this: This, ...parameters: Arguments) => Result,
): ((self: This, ...parameters: Arguments) => Result) => Function.prototype.call.bind(method)

export const { stringify, parse } = JSON
export const { freeze, defineProperty } = Object
export const NativePromise = Promise
export const NativeResponse = Response
export const NativeRequest = Request
export const NativeStream = ReadableStream
export const NativeController = AbortController
export const NativeCustomEvent = CustomEvent
export const NativeEventTarget = EventTarget
export const randomId: () => string = crypto.randomUUID?.bind(crypto)

export const dispatchOn = uncurry(EventTarget.prototype.dispatchEvent)
export const listenOn = uncurry(
  EventTarget.prototype.addEventListener as (
    this: EventTarget,
    type: string,
    listener: (event: Event) => void,
  ) => void,
)
export const textOf = uncurry(Request.prototype.text)
export const headerOf = uncurry(Headers.prototype.get)
const encoder = new TextEncoder()
export const encode: (text: string) => Uint8Array<ArrayBuffer> = encoder.encode.bind(encoder)
