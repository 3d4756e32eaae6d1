import type { Scene } from './scene.ts'

/** Links to every state, in both themes and on each surface. */
export function Contents({ scenes }: { scenes: readonly Scene[] }) {
  return (
    <main class="contents">
      <h1>Preview</h1>
      <ul data-scenes={JSON.stringify(scenes.map(({ id, on }) => ({ id, on })))}>
        {scenes.map((scene) => (
          <li key={scene.id}>
            {scene.id}
            {scene.on.flatMap((on) =>
              ['light', 'dark'].map((theme) => (
                <a
                  key={`${on} ${theme}`}
                  href={`?scene=${encodeURIComponent(scene.id)}&on=${on}&theme=${theme}`}
                >
                  {' '}
                  {on} {theme}
                </a>
              )),
            )}
          </li>
        ))}
      </ul>
    </main>
  )
}
