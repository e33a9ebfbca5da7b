//! Money in integer cents: no amount is ever a float.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

/// An amount in euro cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(pub i64);

impl Cents {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// `numerator / denominator` of the amount, rounded down to the cent for a positive amount.
    #[must_use]
    pub fn fraction(self, numerator: i64, denominator: i64) -> Self {
        let product = i128::from(self.0) * i128::from(numerator);
        Self(i64::try_from(product.div_euclid(i128::from(denominator.max(1)))).unwrap_or(i64::MAX))
    }

    /// A whole number of euros.
    #[must_use]
    pub const fn euros(euros: i64) -> Self {
        Self(euros * 100)
    }
}

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Cents {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Cents {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// Splits `total` into `parts` equal shares rounded **down** to the cent, and what is left over for the carrier.
///
/// `shares * parts + remainder == total`, and `0 <= remainder < parts` cents for a positive total. No parts: all is left.
#[must_use]
pub fn split_equally(total: Cents, parts: u32) -> (Cents, Cents) {
    if parts == 0 {
        return (Cents::ZERO, total);
    }
    let share = total.0.div_euclid(i64::from(parts));
    (Cents(share), Cents(total.0 - share * i64::from(parts)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sixty_five_thousand_between_six_leaves_two_cents() {
        assert_eq!(split_equally(Cents::euros(65_000), 6), (Cents(1_083_333), Cents(2)));
    }

    proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
            #[test]
            fn a_split_never_loses_or_makes_a_cent(total in 0_i64..10_000_000_000, parts in 1_u32..300) {
                let (share, rest) = split_equally(Cents(total), parts);
                prop_assert_eq!(share.0 * i64::from(parts) + rest.0, total);
                prop_assert!((0..i64::from(parts)).contains(&rest.0));
            }
        }
}
