/** A decimal number as text: what `Intl` formats without ever becoming a float. */
export type DecimalText = `${number}`

/** Brands `12` and `12.34`; throws RangeError on anything else. */
export function decimalText(text: string): DecimalText {
  if (!isDecimalText(text)) throw new RangeError('Not a decimal number')
  return text
}

function isDecimalText(text: string): text is DecimalText {
  return /^\d+(\.\d+)?$/.test(text)
}
