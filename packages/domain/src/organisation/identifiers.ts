/** Nine digits that satisfy Luhn's sum (ISO/IEC 7812-1): from the right, every second digit doubled. */
export const isSiren = (text: string): boolean => {
  if (!/^(?!0{9})\d{9}$/.test(text)) return false;
  const digits = [...text].map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const weighed = place % 2 === 1 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
};

/** The number that the national register of associations gives; there is none in Alsace-Moselle. */
export const isRna = (text: string): boolean => /^W\d[0-9A-Z]\d{7}$/.test(text);
