import { render } from 'preact'
import type { Scene } from './scene.ts'

/** Puts a scene in place of what was there before, with nothing left of that. */
export function showScene(root: HTMLElement, scene: Scene, on: string): void {
  const html = document.documentElement
  render(null, root)
  html.dataset.surface = on === 'popup' ? 'popup' : 'page'
  html.dataset.on = on
  html.dir = scene.dir ?? 'ltr'
  document.title = scene.id
  if (scene.hash !== undefined && location.hash !== `#${scene.hash}`) location.hash = scene.hash
  render(scene.render(), root)
}
