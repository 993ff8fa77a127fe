/** What a function makes of an object, made once and kept as long as the object is. */
export function foundOnce<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { made: V }>();
  return (of) => {
    const told = known.get(of) ?? { made: make(of) };
    known.set(of, told);
    return told.made;
  };
}
