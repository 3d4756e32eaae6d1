import { useEffect, useState } from 'preact/hooks'
import type { PasswordStrength } from '../format/password-strength.ts'

/** Reading of the strength meter; null while nothing was typed or the word lists are still being fetched. */
export function usePasswordStrength(password: string): PasswordStrength | null {
  const [strength, setStrength] = useState<PasswordStrength | null>(null)
  useEffect(() => {
    let current = true
    if (password === '') setStrength(null)
    else {
      void import('../format/password-strength.ts').then(({ passwordStrength }) => {
        if (current) setStrength(passwordStrength(password))
      })
    }
    return () => {
      current = false
    }
  }, [password])
  return strength
}
