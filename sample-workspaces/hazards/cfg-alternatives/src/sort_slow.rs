pub fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort();
    numbers
}
