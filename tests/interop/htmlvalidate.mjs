// Owns: which rules of html-validate hold. A rule is off only with its reason.

export default {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // A title is the id and what somebody wrote; search engines cut it where they like, and others need it whole.
    'long-title': 'off',
    // A table that scrolls is a region that the keyboard reaches; as a <section> it would want a heading, which it has not.
    'prefer-native-element': ['error', { exclude: ['region'] }],
  },
};
