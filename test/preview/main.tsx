import '../ui/install-words.ts'
import { render } from 'preact'
import '../../src/ui/styles/base.css'
import { Contents } from './contents.tsx'
import './preview.css'
import { SCENES } from './scenes.ts'
import { showScene } from './show-scene.ts'
import { whenQuiet } from './when-quiet.ts'

const query = new URLSearchParams(location.search)
const scene = SCENES.find(({ id }) => id === query.get('scene'))
const theme = query.get('theme')
if (theme) document.documentElement.dataset.theme = theme
const root = document.getElementById('root')
if (!root) throw new Error('No root')

if (scene) showScene(root, scene, query.get('on') ?? scene.on[0] ?? 'part')
else render(<Contents scenes={SCENES} />, root)

/** For a script that looks at one scene after the other without a new page for each: resolves once it has come to rest. */
Object.assign(window, {
  showScene(id: string, on: string): Promise<void> {
    const next = SCENES.find((one) => one.id === id)
    if (!next) throw new Error(`No scene is called ${id}`)
    showScene(root, next, on)
    return whenQuiet()
  },
})
