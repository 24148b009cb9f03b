/** Lines that the simulated engine answers otherwise than the real one, and why that is right. */
export const differsBecause: Readonly<Record<string, string>> = {
  "printf 'FROM busybox:1.36\\nCOPY --from=busybox:1.36 /none /b\\n' | docker build -t failed -f - app":
    'BuildKit sees that a file is missing before it copies, unless the image was never unpacked by a build; here it always does',
  "printf 'FROM busybox:1.36 AS a\\nFROM busybox:1.36\\nCOPY --from=a /none /b\\n' | docker build -t failed -f - app":
    'BuildKit sees that a file is missing before it copies, unless the image was never unpacked by a build; here it always does',
};
