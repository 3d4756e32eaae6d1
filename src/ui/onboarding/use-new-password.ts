import { useState } from 'preact/hooks'
import type { NewPasswordProps } from './new-password.tsx'
import { passwordError } from './new-password.tsx'
import { usePasswordStrength } from './use-password-strength.ts'

/** The state of a password that is being chosen. */
export function useNewPassword(): {
  readonly fields: Omit<NewPasswordProps, 'label' | 'repeatLabel'>
  /** The password, where it may be used; otherwise says what is missing, and null. */
  readonly take: () => Promise<string | null>
} {
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [tried, setTried] = useState(false)
  const strength = usePasswordStrength(password)
  const take = async () => {
    setTried(true)
    // The lists may still be on their way when a fast typist goes on.
    const { passwordStrength } = await import('../format/password-strength.ts')
    const wrong = passwordError(password, passwordStrength(password))
    return wrong === undefined && repeated === password ? password : null
  }
  return {
    fields: { password, repeated, strength, tried, onPassword: setPassword, onRepeated: setRepeated },
    take,
  }
}
