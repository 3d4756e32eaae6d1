/** What libraries written for Node expect of a bundle; left out where nothing asks for it. */
export { Buffer } from 'buffer'
// @ts-expect-error: it has no types, and nothing of ours uses it.
export { default as process } from 'process/browser.js'
