//! What sums tell of their parts: how far each of some unknown, non-negative values can be pinned down by equations.
//!
//! The equations are sums of unknowns; linear programming gives the least and the most that a part can be. What the values
//! mean is not known here.

use std::collections::{HashMap, HashSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, Variable};

/// What is known of some unknowns: sums over some of them, each told by the places of its parts.
pub struct Sums<'a> {
    /// The true values, in any unit.
    pub values: &'a [i64],
    /// The sums that are told, each by the places of its parts.
    pub told: &'a [Vec<usize>],
}

/// A part that must stay vague.
pub struct Part {
    /// The places of what makes it.
    pub places: Vec<usize>,
    /// The value that nobody may come near: that of the part, or of the largest thing in it.
    pub value: i64,
    /// Whether the least that it can be must be well below it, too: it is alone in the part.
    pub alone: bool,
}

/// Which parts were seen well above, and well below, what they must not be told to be.
struct Seen {
    high: Vec<bool>,
    low: Vec<bool>,
}

impl Seen {
    fn has(&self, part: usize, upward: bool) -> bool {
        if upward { self.high[part] } else { self.low[part] }
    }
}

/// Within which share of a value nobody may come, in percent.
pub const NEAR: i64 = 10;

impl Sums<'_> {
    /// The first part that the sums tell within ten percent, from above or from below; none where all stay vague.
    #[must_use]
    pub fn first_told(&self, parts: &[Part]) -> Option<usize> {
        // Every solution shows what some parts may be: what one has shown is not asked again.
        let mut seen = Seen { high: vec![false; parts.len()], low: parts.iter().map(|part| !part.alone).collect() };
        self.neighbours().iter().for_each(|solution| self.see(&mut seen, parts, solution));
        for index in 0..parts.len() {
            for upward in [true, false] {
                if !seen.has(index, upward) {
                    self.see(&mut seen, parts, &self.climbed(&parts[index], upward));
                }
                if !seen.has(index, upward) {
                    let solution = self.extreme(&parts[index], upward)?;
                    self.see(&mut seen, parts, &solution);
                }
                if !seen.has(index, upward) {
                    return Some(index);
                }
            }
        }
        None
    }

    /// Notes what a solution shows that parts may be.
    fn see(&self, seen: &mut Seen, parts: &[Part], solution: &[f64]) {
        for (place, part) in parts.iter().enumerate() {
            let sum: f64 = part.places.iter().map(|place| solution[*place]).sum();
            seen.high[place] |= sum >= self.scaled(part.value * (100 + NEAR)) / 100.0 - ROUNDING;
            seen.low[place] |= sum <= self.scaled(part.value * (100 - NEAR)) / 100.0 + ROUNDING;
        }
    }

    /// Solutions that lie as far from the true one as they can in one direction: found at once, and they settle most parts.
    fn neighbours(&self) -> Vec<Vec<f64>> {
        let truth: Vec<f64> = self.values.iter().map(|value| self.scaled(*value)).collect();
        let mut known = Known::nothing(truth.len());
        for sum in self.told {
            known.add(sum);
        }
        let as_far_as_it_goes = |direction: &Vec<(usize, f64)>, sign: f64| {
            let room = |(place, step): &(usize, f64)| (sign * step < 0.0).then(|| truth[*place] / step.abs());
            let room = direction.iter().filter_map(room).fold(BEYOND, f64::min);
            let mut solution = truth.clone();
            direction
                .iter()
                .for_each(|(place, step)| solution[*place] = (solution[*place] + sign * room * step).max(0.0));
            solution
        };
        let directions = known.directions();
        directions.iter().flat_map(|it| [1.0, -1.0].map(|sign| as_far_as_it_goes(it, sign))).collect()
    }

    /// A solution that is reached from the true one by steps towards a larger, or a smaller, part: each goes most of the way on
    /// which no value comes to nothing, and values that are small already move least (affine scaling; Dikin, 1967). It costs a
    /// fraction of a linear programme, and settles most of what the neighbours leave open.
    fn climbed(&self, part: &Part, upward: bool) -> Vec<f64> {
        const STEPS: usize = 10;
        const MOST_OF_THE_WAY: f64 = 0.8;
        let truth: Vec<f64> = self.values.iter().map(|value| self.scaled(*value)).collect();
        let mut solution = truth.clone();
        let mut wanted = vec![0.0; solution.len()];
        for place in &part.places {
            wanted[*place] = if upward { 1.0 } else { -1.0 };
        }
        for _ in 0..STEPS {
            let weights: Vec<f64> = solution.iter().map(|value| value * value).collect();
            let Some(prices) = self.prices(&weights, &wanted) else { break };
            let mut step = wanted.clone();
            for (sum, price) in self.told.iter().zip(prices) {
                sum.iter().for_each(|place| step[*place] -= price);
            }
            step.iter_mut().zip(&weights).for_each(|(step, weight)| *step *= weight);
            let room = |(value, step): (&f64, &f64)| (*step < 0.0).then(|| value / -step);
            let room = solution.iter().zip(&step).filter_map(room).fold(f64::INFINITY, f64::min);
            if !room.is_finite() {
                break;
            }
            let moved = |(value, step): (&f64, f64)| (value + MOST_OF_THE_WAY * room * step).max(0.0);
            let next: Vec<f64> = solution.iter().zip(step).map(moved).collect();
            let drift = |sum: &Vec<usize>| sum.iter().map(|place| next[*place] - truth[*place]).sum::<f64>().abs();
            if self.told.iter().any(|sum| drift(sum) > ROUNDING) {
                break;
            }
            solution = next;
        }
        solution
    }

    /// What each sum would have to be paid for a step that leaves all sums as they are: the normal equations of the weighted
    /// projection, solved by elimination (Cholesky). Nothing where they are too near to dependent.
    fn prices(&self, weights: &[f64], wanted: &[f64]) -> Option<Vec<f64>> {
        let sums = self.told.len();
        let mut matrix = vec![vec![0.0; sums]; sums];
        let mut prices = vec![0.0; sums];
        let mut of_place: Vec<Vec<usize>> = vec![Vec::new(); weights.len()];
        for (at, sum) in self.told.iter().enumerate() {
            sum.iter().for_each(|place| of_place[*place].push(at));
        }
        for (place, of) in of_place.iter().enumerate() {
            for row in of {
                prices[*row] += weights[place] * wanted[place];
                of.iter().filter(|column| *column <= row).for_each(|column| matrix[*row][*column] += weights[place]);
            }
        }
        for row in 0..sums {
            for column in 0..=row {
                let done: f64 = (0..column).map(|at| matrix[row][at] * matrix[column][at]).sum();
                let left = matrix[row][column] - done;
                if column == row {
                    if left <= ROUNDING * matrix[row][row] {
                        return None;
                    }
                    matrix[row][row] = left.sqrt();
                } else {
                    matrix[row][column] = left / matrix[column][column];
                }
            }
        }
        for (row, factors) in matrix.iter().enumerate() {
            let done: f64 = factors.iter().zip(&prices).take(row).map(|(factor, price)| factor * price).sum();
            prices[row] = (prices[row] - done) / factors[row];
        }
        for row in (0..sums).rev() {
            let done: f64 = (row + 1..sums).map(|at| matrix[at][row] * prices[at]).sum();
            prices[row] = (prices[row] - done) / matrix[row][row];
        }
        Some(prices)
    }

    /// A solution where a part is as large, or as small, as the sums allow; the true one where none is found.
    fn extreme(&self, part: &Part, upward: bool) -> Option<Vec<f64>> {
        let direction = if upward { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = (0..self.values.len())
            .map(|place| {
                let weight = if part.places.contains(&place) { 1.0 } else { 0.0 };
                // Nothing is beyond all together: a bound keeps what no sum tells finite.
                problem.add_var(weight, (0.0, BEYOND))
            })
            .collect();
        for told in self.told {
            let sum: i64 = told.iter().map(|place| self.values[*place]).sum();
            let terms: Vec<(Variable, f64)> = told.iter().map(|place| (variables[*place], 1.0)).collect();
            problem.add_constraint(terms, ComparisonOp::Eq, self.scaled(sum));
        }
        let read = |solution: Solution| variables.iter().map(|variable| solution[*variable]).collect();
        let truth = || self.values.iter().map(|value| self.scaled(*value)).collect();
        Some(problem.solve().map_or_else(|_| truth(), read))
    }

    /// The least that the values at some places can be together, and the most that those at others can: all that somebody
    /// who holds the sums can say of what lies between them. Where the programme cannot be solved, the truth is said: rather
    /// one alarm too many. The sums must be independent of each other.
    #[must_use]
    pub fn range(&self, least_of: &[usize], most_of: &[usize]) -> (i64, i64) {
        let extreme = |places: &[usize], upward: bool| {
            let part = Part { places: places.to_vec(), value: 0, alone: false };
            let solution = self.extreme(&part, upward).unwrap_or_default();
            self.unscaled(places.iter().filter_map(|place| solution.get(*place)).sum())
        };
        (if least_of.is_empty() { 0 } else { extreme(least_of, false) }, extreme(most_of, true))
    }

    /// A value in the unit of the programme: the largest value is about a thousand, which keeps rounding small.
    #[expect(clippy::cast_precision_loss, reason = "bounds are compared within a tenth")]
    fn scaled(&self, value: i64) -> f64 {
        let largest = self.values.iter().copied().max().unwrap_or(1).max(1);
        value as f64 / largest as f64 * 1000.0
    }

    /// What a number of the programme is in the unit of the values.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "bounds are compared within a tenth; a number too large for the unit is its largest"
    )]
    fn unscaled(&self, value: f64) -> i64 {
        let largest = self.values.iter().copied().max().unwrap_or(1).max(1);
        (value / 1000.0 * largest as f64).round() as i64
    }
}

/// What rounding may add up to, where the largest value is a thousand.
const ROUNDING: f64 = 1e-6;

/// More than any unknown can be, in the unit of the programme.
const BEYOND: f64 = 1e9;

/// What the sums of some unknowns tell exactly: by elimination, without any rounding.
pub struct Known {
    /// Independent sums, each with the place of its pivot: no other sum has a term there.
    basis: Vec<(usize, Vec<u64>)>,
    unknowns: usize,
}

/// Elimination is done modulo a prime: what is told modulo it and not in truth has a chance of one in two milliards.
const PRIME: u64 = 2_147_483_647;

impl Known {
    /// Nothing is told of some unknowns.
    #[must_use]
    pub fn nothing(unknowns: usize) -> Self {
        Self { basis: Vec::new(), unknowns }
    }

    /// Adds a sum, by the places of its parts; whether it tells something new.
    pub fn add(&mut self, sum: &[usize]) -> bool {
        let rest = self.reduced(sum);
        let Some(pivot) = rest.iter().position(|term| *term != 0) else { return false };
        let inverse = power(rest[pivot], PRIME - 2);
        let rest: Vec<u64> = rest.iter().map(|term| term * inverse % PRIME).collect();
        for (_, row) in &mut self.basis {
            subtract(row, &rest, pivot);
        }
        self.basis.push((pivot, rest));
        true
    }

    /// Whether the sum of some unknowns is told.
    #[must_use]
    pub fn tells(&self, sum: &[usize]) -> bool {
        self.reduced(sum).iter().all(|term| *term == 0)
    }

    /// The pairs of unknowns whose sum is told, where neither is told alone.
    #[must_use]
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        // A pair stands in one sum of the basis, or is two of them whose other terms cancel each other.
        let others = |pivot: usize, row: &[u64]| -> Vec<(usize, u64)> {
            row.iter().copied().enumerate().filter(|(place, term)| *place != pivot && *term != 0).collect()
        };
        let mut by_others: HashMap<Vec<(usize, u64)>, Vec<usize>> = HashMap::new();
        let mut pairs = Vec::new();
        for (pivot, row) in &self.basis {
            let terms = others(*pivot, row);
            if terms.is_empty() {
                continue;
            }
            if let [(place, 1)] = terms.as_slice() {
                pairs.push((*pivot, *place));
            }
            let opposite: Vec<(usize, u64)> = terms.iter().map(|(place, term)| (*place, PRIME - term)).collect();
            pairs.extend(by_others.get(&opposite).into_iter().flatten().map(|other| (*other, *pivot)));
            by_others.entry(terms).or_default().push(*pivot);
        }
        pairs
    }

    /// The ways in which the unknowns can change together while every sum stays what it is, one for each unknown that no sum
    /// was solved for. A way that needs fractions is left out.
    fn directions(&self) -> Vec<Vec<(usize, f64)>> {
        const FEW: u64 = 64;
        let step = |term: u64| match (u32::try_from(term), u32::try_from(PRIME - term)) {
            (Ok(term), _) if u64::from(term) <= FEW => Some(-f64::from(term)),
            (_, Ok(term)) if u64::from(term) <= FEW => Some(f64::from(term)),
            _ => None,
        };
        let is_pivot: HashSet<usize> = self.basis.iter().map(|(pivot, _)| *pivot).collect();
        let free = (0..self.unknowns).filter(|place| !is_pivot.contains(place));
        let direction = |place: usize| {
            let moved = self.basis.iter().filter(|(_, row)| row[place] != 0);
            let moved = moved.map(|(pivot, row)| Some((*pivot, step(row[place])?)));
            moved.chain(std::iter::once(Some((place, 1.0)))).collect::<Option<Vec<_>>>()
        };
        free.filter_map(direction).collect()
    }

    fn reduced(&self, sum: &[usize]) -> Vec<u64> {
        let mut rest = vec![0_u64; self.unknowns];
        for place in sum {
            rest[*place] = 1;
        }
        for (pivot, row) in &self.basis {
            subtract(&mut rest, row, *pivot);
        }
        rest
    }
}

/// Takes a multiple of a sum away so that nothing is left at its pivot.
fn subtract(rest: &mut [u64], row: &[u64], pivot: usize) {
    let factor = rest[pivot];
    if factor != 0 {
        for (term, taken) in rest.iter_mut().zip(row).filter(|(_, taken)| **taken != 0) {
            *term = (*term + PRIME * PRIME - factor * taken) % PRIME;
        }
    }
}

fn power(base: u64, exponent: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, base % PRIME, exponent);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_alone_in_a_difference_is_told_and_one_among_others_is_not() {
        let values = [100, 200, 300, 400];
        let alone = |place: usize| Part { places: vec![place], value: values[place], alone: true };
        let told = |told: &[Vec<usize>]| {
            let parts: Vec<Part> = (0..4).map(alone).collect();
            Sums { values: &values, told }.first_told(&parts)
        };
        assert_eq!(told(&[vec![0, 1, 2, 3]]), None);
        assert_eq!(told(&[vec![0, 1, 2, 3], vec![0, 1, 2]]), Some(3));
        assert_eq!(told(&[vec![0, 1], vec![1, 2], vec![0, 2]]), Some(0));
        // Rows and columns of a square leave room.
        assert_eq!(told(&[vec![0, 1], vec![2, 3], vec![0, 2], vec![1, 3]]), None);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn what_neighbouring_solutions_show_linear_programming_shows_too(
            values in proptest::collection::vec(0_i64..500, 6),
            told in proptest::collection::vec(proptest::collection::btree_set(0_usize..6, 1..5), 1..6),
        ) {
            let told: Vec<Vec<usize>> = told.into_iter().map(|sum| sum.into_iter().collect()).collect();
            let mut known = Known::nothing(values.len());
            let told: Vec<Vec<usize>> = told.into_iter().filter(|sum| known.add(sum)).collect();
            let sums = Sums { values: &values, told: &told };
            for place in 0..values.len() {
                let part = [Part { places: vec![place], value: values[place], alone: true }];
                let reaches = |upward: bool| {
                    let least = sums.scaled(part[0].value) * if upward { 1.1 } else { 0.9 };
                    let solution = sums.extreme(&part[0], upward).expect("a solution");
                    if upward { solution[place] >= least - ROUNDING } else { solution[place] <= least + ROUNDING }
                };
                let is_vague = reaches(true) && reaches(false);
                proptest::prop_assert_eq!(sums.first_told(&part).is_none(), is_vague, "{:?} {:?} {}", &values, &told, place);
            }
        }
    }

    #[test]
    fn elimination_finds_what_sums_tell_together() {
        let mut known = Known::nothing(4);
        assert!([vec![0, 1, 2, 3], vec![0, 1], vec![1, 2]].iter().all(|sum| known.add(sum)));
        assert!(known.tells(&[2, 3]) && known.tells(&[0, 3]) && !known.add(&[2, 3]));
        assert!(!known.tells(&[0]) && !known.tells(&[0, 2]));
        let mut pairs: Vec<_> = known.pairs().into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 1), (0, 3), (1, 2), (2, 3)]);
    }
}
