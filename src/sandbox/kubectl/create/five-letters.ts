const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters, which kubectl takes by chance (k8s.io/apimachinery/pkg/util/rand): here the same for the same seed. */
export function fiveLetters(seed: string): string {
  let number = 7;
  for (let place = 0; place < seed.length; place++) {
    number = (number * 31 + seed.charCodeAt(place)) % 1_000_000_007;
  }
  let text = '';
  for (let place = 0; place < 5; place++) {
    text += letters[number % letters.length];
    number = (number * 48_271 + 11) % 1_000_000_007;
  }
  return text;
}
