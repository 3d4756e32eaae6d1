import '../ui/install-words.ts'
import { render } from 'preact'
import '../../src/ui/styles/base.css'
import { Contents } from './contents.tsx'
import './preview.css'
import { SCENES } from './scenes.ts'

const query = new URLSearchParams(location.search)
const scene = SCENES.find(({ id }) => id === query.get('scene'))
const html = document.documentElement
const theme = query.get('theme')
if (theme) html.dataset.theme = theme
const root = document.getElementById('root')
if (!root) throw new Error('No root')

if (scene) {
  const on = query.get('on') ?? scene.on[0] ?? 'part'
  html.dataset.surface = on === 'popup' ? 'popup' : 'page'
  html.dataset.on = on
  html.dir = scene.dir ?? 'ltr'
  document.title = scene.id
  if (scene.hash !== undefined && location.hash !== `#${scene.hash}`) location.hash = scene.hash
  render(scene.render(), root)
} else {
  render(<Contents scenes={SCENES} />, root)
}
